import { describe, expect, it } from "vitest";
import { tsdoc } from "../generator/tsdoc.ts";

describe("a TSDoc comment", () => {
  it("of one line stays on one line", () => {
    expect(tsdoc({ text: "A customer." })).toBe("* A customer. ");
  });

  it("of several lines has an asterisk before each, and no space at the end of a line", () => {
    expect(tsdoc({ text: "A customer.  \n\nMay be merged." })).toBe("*\n * A customer.\n *\n * May be merged.\n ");
  });

  it("leaves out the space around the text", () => {
    expect(tsdoc({ text: "\n  A customer.\n" })).toBe("* A customer. ");
  });

  it("escapes what would end it, wherever it stands", () => {
    expect(tsdoc({ text: "Matches */*, or a/*/b." })).toBe("* Matches *\\/*, or a/*\\/b. ");
    expect(tsdoc({ text: "", default: "*/", examples: [["*/"]] })).toBe(
      '*\n * @default *\\/\n * @example [\n *   "*\\/"\n * ]\n ',
    );
  });

  it("has the default and the examples in a paragraph after the text", () => {
    expect(tsdoc({ text: "The page size.", default: 50, examples: [1, 1000] })).toBe(
      "*\n * The page size.\n *\n * @default 50\n * @example 1\n * @example 1000\n ",
    );
  });

  it("has only tags where there is no text", () => {
    expect(tsdoc({ text: " ", default: 50 })).toBe("* @default 50 ");
    expect(tsdoc({ text: "", examples: ["p1"] })).toBe("* @example p1 ");
  });

  it.each([
    ["ASC", "ASC"],
    [" ASC\n", "ASC"],
    [0, "0"],
    [false, "false"],
    [null, "null"],
    [[], "[]"],
  ])("writes the default %j as %s", (value, written) => {
    expect(tsdoc({ text: "", default: value })).toBe(`* @default ${written} `);
  });

  it("indents an object and keeps the lines of a string", () => {
    expect(tsdoc({ text: "", examples: [{ id: "p1" }, "first\nsecond"] })).toBe(
      '*\n * @example {\n *   "id": "p1"\n * }\n * @example first\n * second\n ',
    );
  });
});
