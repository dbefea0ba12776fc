import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { codeBlocks } from "./code-blocks.ts";

const guides = [
  {
    name: "testing",
    files: [
      ...["sign-up.ts", "sandbox.test.ts", "custom-traits.test.ts", "msw.test.ts", "mock.test.ts"],
      "contract.test.ts",
      ...["stores.yaml", "run-tests.sh", "sign_up_test.py"],
    ],
  },
  {
    name: "openapi-fetch",
    files: [
      ...["client.test.ts", "profile-page.tsx", "forward.ts", "typed-handler.ts", "typed-handler.test.ts"],
      ...["profile-list.tsx", "typed-body.ts"],
    ],
  },
];

describe.each(guides)("the guide $name", ({ name, files }) => {
  const blocks = codeBlocks(new URL(`../../../../docs/${name}.md`, import.meta.url)).map(({ code }) => code);
  const texts = files.map((file) => readFileSync(new URL(`${name}-guide/${file}`, import.meta.url), "utf8"));

  it.each(files.map((file, index) => [file, texts[index] ?? ""]))(
    "contains the complete text of %s, which the tests run",
    (_, text) => {
      expect(blocks.filter((block) => text.includes(block)).join("\n")).toBe(text);
    },
  );

  it("contains no block that the tests do not run", () => {
    expect(blocks.filter((block) => !texts.some((text) => text.includes(block)))).toEqual([]);
  });
});

describe("the guide consumer-tests", () => {
  it("contains the complete text of the contract test of the guide testing", () => {
    const blocks = codeBlocks(new URL("../../../../docs/consumer-tests.md", import.meta.url));
    const test = readFileSync(new URL("testing-guide/contract.test.ts", import.meta.url), "utf8");
    expect(blocks.find(({ heading }) => heading === "Contract tests of a consumer")?.code).toBe(test);
  });
});
