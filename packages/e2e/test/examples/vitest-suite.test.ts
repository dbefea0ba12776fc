import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type InstalledExample, installExample } from "./install-example.ts";

let example: InstalledExample;
beforeAll(async () => {
  example = await installExample("vitest-suite");
}, 900_000);
afterAll(() => example?.remove());

describe("the vitest-suite example", () => {
  it("passes", async () => {
    expect(await example.runScript("test")).toMatch(/Tests\s+4 passed/);
  }, 300_000);

  it("fails if the function overwrites a trait that the order does not contain", async () => {
    const file = join(example.folder, "src/record-order.ts");
    const code = await readFile(file, "utf8");
    const wrong = code.replace("...(city !== undefined && { city })", 'city: city ?? ""');
    expect(wrong).not.toBe(code);
    await writeFile(file, wrong);
    onTestFinished(() => writeFile(file, code));
    await expect(example.runScript("test")).rejects.toThrow(/Tests\s+1 failed \| 3 passed/);
  }, 300_000);
});
