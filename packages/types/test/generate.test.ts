import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

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
