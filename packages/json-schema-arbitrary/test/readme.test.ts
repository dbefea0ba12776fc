import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

const read = (file: string) => readFile(new URL(file, import.meta.url), "utf8");

it("shows an example that is run as a test", async () => {
  expect(await read("../README.md")).toContain(`\`\`\`ts\n${await read("example.test.ts")}\`\`\``);
});
