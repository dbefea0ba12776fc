import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { contract, openapi } from "@memory-api/spec";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { contractBounds } from "../generator/contract-bounds.ts";
import { contractNames } from "../generator/contract-names.ts";
import { contractValues } from "../generator/contract-values.ts";
import { generator, typesOf } from "../generator/openapi-typescript.ts";
import { withDocumentation } from "../generator/with-documentation.ts";

const header = `/**
 * Generated: do not edit. Regenerate with \`npx -y pnpm@12 generate\`.
 *
 * From @memory-api/spec ${contract.version}, openapi.json with SHA-256 ${contract.sha256},
 * by openapi-typescript ${generator.version}.
 */
`;

let folder: string;
const print = vi.spyOn(console, "log").mockImplementation(() => {});
const printError = vi.spyOn(console, "error").mockImplementation(() => {});

/** Runs the script in this process. Returns its exit code. */
async function generate(...options: string[]) {
  process.argv = ["node", "generate.ts", ...options];
  process.exitCode = undefined;
  vi.resetModules();
  try {
    await import("../generator/generate.ts");
    return process.exitCode;
  } finally {
    process.exitCode = undefined;
  }
}

// Not our own src/generated: the task `check` tests whether that is stale.
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "generated-"));
  print.mockClear();
  printError.mockClear();
});
afterEach(() => rm(folder, { recursive: true }));

const pathOf = (name: string) => join(folder, name);
const listed = (...names: string[]) => names.map((name) => relative(process.cwd(), pathOf(name)));

describe("generate", () => {
  it("writes each file with its header", async () => {
    expect(await generate(folder)).toBeUndefined();
    const documented = withDocumentation(openapi);
    expect((await readdir(folder)).sort()).toEqual(["bounds.ts", "names.ts", "openapi.ts", "values.ts"]);
    expect(await readFile(pathOf("openapi.ts"), "utf8")).toBe(header + (await typesOf(documented)));
    expect(await readFile(pathOf("names.ts"), "utf8")).toBe(header + contractNames(documented));
    expect(await readFile(pathOf("values.ts"), "utf8")).toBe(header + contractValues(openapi));
    expect(await readFile(pathOf("bounds.ts"), "utf8")).toBe(header + contractBounds(openapi));
    const written = listed("openapi.ts", "names.ts", "values.ts", "bounds.ts").join(", ");
    expect(print.mock.calls).toEqual([[`Written: ${written}`]]);
  });

  it("writes only the files that are stale", async () => {
    await generate(folder);
    await rm(pathOf("names.ts"));
    print.mockClear();
    expect(await generate(folder)).toBeUndefined();
    expect(await generate(folder)).toBeUndefined();
    expect(print.mock.calls).toEqual([[`Written: ${listed("names.ts")}`], ["The generated types match the contract."]]);
  });

  it("rejects an unknown option", async () => {
    await expect(generate("--verify", folder)).rejects.toThrow("Unknown option '--verify'");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("generate --check", () => {
  beforeEach(async () => {
    await generate(folder);
    print.mockClear();
  });

  it("passes if the files match the contract", async () => {
    expect(await generate("--check", folder)).toBeUndefined();
    expect(print.mock.calls).toEqual([["The generated types match the contract."]]);
    expect(printError).not.toHaveBeenCalled();
  });

  it("fails for stale and missing files, names them and the command, and writes nothing", async () => {
    await writeFile(pathOf("bounds.ts"), "stale");
    await rm(pathOf("values.ts"));
    expect(await generate("--check", folder)).toBe(1);
    const names = listed("values.ts", "bounds.ts").join("\n  ");
    const message = `These files are stale; they do not match the contract in spec/:\n  ${names}\nRun: npx -y pnpm@12 generate`;
    expect(printError.mock.calls).toEqual([[message]]);
    expect(print).not.toHaveBeenCalled();
    expect(await readFile(pathOf("bounds.ts"), "utf8")).toBe("stale");
    expect(await readdir(folder)).not.toContain("values.ts");
  });

  it("ends the process with exit code 1 if a bound differs", async () => {
    const bounds = await readFile(pathOf("bounds.ts"), "utf8");
    await writeFile(pathOf("bounds.ts"), bounds.replace('"maximum": 1000,', '"maximum": 999,'));
    const command = fileURLToPath(new URL("../generator/generate.ts", import.meta.url));
    await expect(promisify(execFile)(process.execPath, [command, "--check", folder])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/bounds\.ts\nRun: npx -y pnpm@12 generate\n$/),
    });
  });
});
