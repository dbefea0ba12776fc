import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openapi } from "@memory-api/spec";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contractNames } from "../generator/contract-names.ts";
import { typesOf } from "../generator/openapi-typescript.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe("an enum", () => {
  const schemas = {
    Open: { type: "string" as const, enum: ["A"], "x-extensible-enum": true },
    Closed: { type: "string" as const, enum: ["A"], "x-extensible-enum": false },
    OpenNumber: { type: "integer" as const, enum: [1], "x-extensible-enum": true },
    OpenPattern: { type: "string" as const, enum: ["A"], pattern: "^[A-Z]$", "x-extensible-enum": true },
  };
  const bundle = { ...openapi, paths: {}, components: { schemas } };

  it("that is extensible has its known values or any string as its named type, if it is of strings", () => {
    const names = contractNames(bundle);
    expect(names).toContain('export type Open = "A" | (string & {});');
    expect(names).toContain('export type Closed = components["schemas"]["Closed"];');
    expect(names).toContain('export type OpenNumber = components["schemas"]["OpenNumber"];');
  });

  it("that is extensible is a string in the types of the operations, if it is of strings", async () => {
    const operations = {
      ...openapi,
      components: { ...openapi.components, schemas: { ...openapi.components?.schemas, ...schemas } },
    };
    const types = await typesOf(operations);
    expect(types).toMatch(/\bOpen: string;/);
    expect(types).toMatch(/\bClosed: "A";/);
    expect(types).toMatch(/\bOpenNumber: 1;/);
    expect(types).toMatch(/\bOpenPattern: string;/);
  });
});

describe("generate --check", () => {
  let folder: string;

  const generate = (...options: string[]) =>
    promisify(execFile)(process.execPath, [here("../generator/generate.ts"), ...options, folder]);

  // Not our own src/generated: the task `check` tests whether that is stale.
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "generated-"));
    await generate();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("passes if the files match the contract", async () => {
    await expect(generate("--check")).resolves.toMatchObject({ stdout: "The generated types match the contract.\n" });
  });

  it("fails if a bound differs, and names the file and the command", async () => {
    const bounds = join(folder, "bounds.ts");
    const generated = await readFile(bounds, "utf8");
    await writeFile(bounds, generated.replace('"maximum": 1000,', '"maximum": 999,'));
    await expect(generate("--check")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/bounds\.ts\nRun: npx -y pnpm@12 generate\n$/),
    });
    await generate();
    expect(await readFile(bounds, "utf8")).toBe(generated);
  });
});
