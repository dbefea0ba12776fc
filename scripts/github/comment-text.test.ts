import { describe, expect, it } from "vitest";
import { commentText } from "./comment-text.ts";
import { parseFigures } from "./pull-request-figures.ts";

const options = { commit: "abc", runUrl: "https://github.test/runs/1" };
const change = {
  bump: "minor",
  pointer: "#/paths/~1v1~1Stores",
  why: "Header `Sunset` was added.",
  action: "Nothing.",
  operations: ["fetchProfile", "listProfiles"],
  broken: [],
};
const figures = {
  diff: { needed: "minor", passed: true, changes: [change] },
  totals: "12 passed, 0 failed",
  failed: [],
  figures: ["15800 of 17500 bytes in a bundle of the client"],
};

const render = (data: object) => commentText(parseFigures(JSON.stringify(data)), options);
const visible = (text: string) => text.replaceAll(/\\([!-~])/g, "$1").replaceAll("\u200b", "");

describe("the comment", () => {
  it("contains the bump, the changes, the totals, coverage and sizes", () => {
    expect(visible(render(figures))).toBe(`<!-- memory-api: figures of the pull request -->

### Contract: minor bump

The changesets are sufficient.

| Bump | Change | Operations | What consumers must do | Breaks |
| --- | --- | --- | --- | --- |
| minor | #/paths/~1v1~1Stores<br>Header \`Sunset\` was added. | fetchProfile, listProfiles | Nothing. | – |

### Tests

12 passed, 0 failed

<details><summary>Coverage and sizes</summary>

- 15800 of 17500 bytes in a bundle of the client

</details>

For commit abc, from [this run](https://github.test/runs/1). The next run updates this comment.
`);
  });

  it("lists breaking changes first, with the consumers that they break, and what to do about changesets", () => {
    const broken = [{ consumer: "shop.json", because: "it sends query/orderBy" }];
    const changes = [change, { ...change, bump: "patch" }, { ...change, bump: "major", broken }];
    const text = visible(render({ ...figures, diff: { needed: "major", passed: false, changes } }));
    expect(text).toContain("Draft the missing one with `npx -y pnpm@12 run changeset:draft`.");
    expect(text).toMatch(/\| \*\*major\*\* .*shop\.json: it sends query\/orderBy \|\n\| minor /);
    expect(text).toContain("Not listed: 1 more.");
  });

  it("says that nothing changed, or that the changes are unknown", () => {
    expect(render({ ...figures, diff: { needed: "none", passed: true, changes: [] } })).toContain(
      "The contract has not changed since the last release.",
    );
    expect(render({ ...figures, diff: undefined })).toContain("`run diff` failed");
  });

  it("stays short enough for GitHub if there are thousands of changes and failures, of characters to escape", () => {
    const texts = Array.from({ length: 500 }, () => "@".repeat(1000));
    const broken = texts.map((consumer) => ({ consumer, because: "" })).slice(0, 2);
    const changes = texts.map((why) => ({ ...change, why, pointer: why, action: why, operations: [why], broken }));
    const text = render({
      diff: { needed: "minor", passed: true, changes },
      totals: texts[0],
      failed: texts,
      figures: texts,
    });
    expect(text).toMatch(/Not listed: \d+ more/);
    expect(text).toMatch(/- and \d+ more/);
    expect(text.length).toBeLessThan(65_536);
  });
});

describe("a text in the figures", () => {
  const lineOf = (text: string) =>
    render({ ...figures, figures: [text] })
      .split("\n")
      .find((line) => line.startsWith("- "));

  it.each([
    ["HTML", "<img src=x onerror=alert(1)>", /(?<!\\)</],
    ["an image", "![track](https://evil.test/a.png)", /(?<!\\)[![]/],
    ["a link", "[approve](https://evil.test)", /(?<!\\)[[(]/],
    ["a bare URL", "https://evil.test/login", /https:/],
    ["a URL without a scheme", "www.evil.test", /www[.\\]/],
    ["a mention", "@ada please merge", /@\w/],
    ["a reference", "closes #1", /#\d/],
    ["a cell of a table", "a | b", /(?<!\\)\|/],
    ["a comment that hides the rest", "<!-- hidden", /(?<!\\)</],
    ["code", "`rm -rf`", /(?<!\\)`/],
    ["the end of the details", "</details># Heading", /(?<!\\)[<#]/],
  ])("is shown as plain text: %s", (_, text, raw) => {
    expect(lineOf(text)).not.toMatch(raw);
    expect(visible(lineOf(text) ?? "")).toBe(`- ${text}`);
  });

  it("stays on its line, and loses characters that are invisible or change the direction", () => {
    expect(lineOf("one\n\n# two\r\u202ethree\u0000")).toBe("- one \\#\u200b two three");
  });

  it("is dropped if it is not a text", () => {
    const hostile = { ...figures, figures: [7, { length: 1 }, "kept"], failed: "none", totals: { toString: "x" } };
    expect(render(hostile)).toContain("No totals.\n\n<details><summary>Coverage and sizes</summary>\n\n- kept\n");
  });
});

describe("figures", () => {
  it.each([["[]"], ["null"], ["7"]])("must be an object: %s", (text) => {
    expect(() => parseFigures(text)).toThrow("The figures are not a JSON object.");
  });

  it("must not be too long", () => {
    expect(() => parseFigures(JSON.stringify({ totals: "x".repeat(5_000_000) }))).toThrow("longer than");
  });
});
