import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../turbo.ts";
import { findPhrases } from "./find-phrases.ts";

const pages = [
  "*.md",
  ".changeset/*.md",
  "docs/**/*.md",
  "examples/*/*.md",
  "packages/*/*.md",
  "spec/*.md",
  "spec/openapi.yaml",
  "spec/{paths,components,workflows}/**/*.yaml",
].flatMap((pattern) => globSync(pattern, { cwd: root }));

describe("the contract and the pages", () => {
  it("are found", () => {
    for (const page of ["README.md", "spec/paths/profiles.yaml", "packages/client/README.md", "docs/testing.md"]) {
      expect(pages).toContain(page);
    }
  });

  it("avoid the phrases that need a second reading", () => {
    const findings = pages.flatMap((page) =>
      findPhrases(readFileSync(join(root, page), "utf8")).map(
        ({ line, phrase, instead }) => `${page}:${line}: "${phrase}"; write: ${instead}`,
      ),
    );
    expect(findings).toEqual([]);
  });
});

describe("a phrase to avoid", () => {
  it("is found with its line and the usual wording", () => {
    expect(findPhrases("# Errors\n\nWhoever sends it is told so.")).toEqual([
      { line: 3, phrase: "Whoever", instead: expect.stringContaining("the caller") },
      { line: 3, phrase: "is told", instead: expect.stringContaining("name who") },
    ]);
  });

  it.each(["The body is no JSON.", "An ID answers `404`.", "No answer came.", "The IDs redirect for ever."])(
    "is found in: %s",
    (text) => {
      expect(findPhrases(text)).toHaveLength(1);
    },
  );

  it("is ignored in code", () => {
    expect(findPhrases("Run `whoever` first.\n\n```ts\n// whoever\n```\nDone.")).toEqual([]);
  });
});
