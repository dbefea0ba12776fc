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
  "packages/docs/src/content/**/*.{md,mdx}",
  "spec/*.md",
  "spec/openapi.yaml",
  "spec/{paths,components,workflows}/**/*.yaml",
].flatMap((pattern) => globSync(pattern, { cwd: root }));

describe("the pages to check", () => {
  it("include the contract, READMEs and guides", () => {
    for (const page of ["README.md", "spec/paths/profiles.yaml", "packages/client/README.md", "docs/testing.md"]) {
      expect(pages).toContain(page);
    }
  });

  it("contain no phrase to avoid", () => {
    const findings = pages.flatMap((page) =>
      findPhrases(readFileSync(join(root, page), "utf8")).map(
        ({ line, phrase, instead }) => `${page}:${line}: "${phrase}"; write: ${instead}`,
      ),
    );
    expect(findings, "Replace each phrase with the wording after it.").toEqual([]);
  });
});

describe("a phrase to avoid", () => {
  it("is reported with its line and the usual wording", () => {
    expect(findPhrases("# Errors\n\nWhoever sends it is told so.")).toEqual([
      { line: 3, phrase: "Whoever", instead: expect.stringContaining("the caller") },
      { line: 3, phrase: "is told", instead: expect.stringContaining("name who") },
    ]);
  });

  it.each([
    "The body is no JSON.",
    "The body is no valid JSON.",
    "An ID answers `404`.",
    "No answer came.",
    "It was answered with an error.",
    "They are answered with an error.",
    "The base URL is none.",
    "The IDs redirect for ever.",
  ])("is found in: %s", (text) => {
    expect(findPhrases(text)).toHaveLength(1);
  });

  it.each(["If there is none, it fails.", "Start a server that answers requests.", "Servers that answer requests."])(
    "is not found in: %s",
    (text) => {
      expect(findPhrases(text)).toEqual([]);
    },
  );

  it("is reported at the line where it begins, even if it continues on the next line", () => {
    expect(findPhrases("It is\ntold.\n\n> It is\n> told.\n\nyaml: |\n  An ID answers\n  `404`.")).toMatchObject([
      { line: 1, phrase: "is told" },
      { line: 4, phrase: "is told" },
      { line: 8, phrase: "answers `" },
    ]);
    expect(findPhrases("That it is\n\nTold by others.")).toEqual([]);
  });

  it("is reported at every occurrence, in the order of the page", () => {
    expect(findPhrases("Whoever shall.\nWhoever: whoever.").map(({ line, phrase }) => `${line} ${phrase}`)).toEqual([
      "1 Whoever",
      "1 shall",
      "2 Whoever",
      "2 whoever",
    ]);
  });

  it.each([
    ["in code", "Run `whoever` or ``a ` whoever`` or `this\nwhoever` first."],
    ["in a fence", "```ts\n// whoever\n```\nDone."],
    ["in an indented fence", "- Run:\n\n  ```sh\n  whoever\n  ```\n\n  Done."],
    ["in a fence of tildes", "~~~\nwhoever\n```\nwhoever\n~~~\nDone."],
    ["in a fence of four backticks", "````md\n```ts\nwhoever\n```\nwhoever\n````\nDone."],
    ["in a fence that is not closed", "```\nwhoever\n"],
    ["in URLs", "See https://example.com/whoever, <http://example.com/whoever> and [this](../docs/whoever.md#shall)."],
    ["in HTML comments", "<!-- whoever\nshall -->\nDone."],
  ])("is ignored %s", (_, text) => {
    expect(findPhrases(text)).toEqual([]);
  });

  it("is found after code, URLs and comments", () => {
    const page = "~~~\na\n~~~\n```ts\nb\n```\nRun `c`, see https://example.com/d <!-- e --> for ever.\n";
    expect(findPhrases(page)).toMatchObject([{ line: 7, phrase: "for ever" }]);
  });
});
