import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codeBlocks } from "./code-blocks.ts";

const blocks = codeBlocks(new URL("../../../../docs/testing.md", import.meta.url)).map(({ code }) => code);
const files = [
  ...["sign-up.ts", "sandbox.test.ts", "own-traits.test.ts", "msw.test.ts", "mock.test.ts"],
  ...["stores.yaml", "run-tests.sh", "sign_up_test.py"],
];
const texts = files.map((file) => readFileSync(new URL(`testing-guide/${file}`, import.meta.url), "utf8"));

describe("the guide to testing", () => {
  it.each(files.map((file, index) => [file, texts[index] ?? ""]))(
    "shows %s, which is run, block by block",
    (_, text) => {
      expect(blocks.filter((block) => text.includes(block)).join("\n")).toBe(text);
    },
  );

  it("shows nothing that is not run", () => {
    expect(blocks.filter((block) => !texts.some((text) => text.includes(block)))).toEqual([]);
  });
});
