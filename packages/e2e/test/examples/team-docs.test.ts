import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type InstalledExample, installExample } from "./install-example.ts";

let example: InstalledExample;
beforeAll(async () => {
  example = await installExample("team-docs");
}, 900_000);
afterAll(() => example?.remove());

describe("the team-docs example", () => {
  it("builds a page of the team's API, and one of the operations that the team calls", async () => {
    await example.runScript("build");
    const operationsOf = async (page: string) => {
      const html = await readFile(join(example.folder, "dist", page), "utf8");
      return new Set([...html.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id));
    };
    expect(await operationsOf("loyalty.html")).toEqual(new Set(["fetchPoints"]));
    expect(await operationsOf("memory.html")).toEqual(new Set(["createProfile", "fetchProfile"]));
    expect(await readFile(join(example.folder, "dist/loyalty.html"), "utf8")).toContain("^mem_profile_");
  }, 300_000);

  it("lints, and fails if the package does not have a schema that the team refers to", async () => {
    await example.runScript("lint");
    const file = join(example.folder, "loyalty.yaml");
    const content = await readFile(file, "utf8");
    onTestFinished(() => writeFile(file, content));
    await writeFile(file, content.replace("schemas/ErrorBody", "schemas/Gone"));
    await expect(example.runScript("lint")).rejects.toThrow("no-unresolved-refs");
  }, 300_000);
});
