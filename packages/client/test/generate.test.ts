import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openapi } from "@memory-api/spec";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operationFunctions, operationTable } from "../generator/operation-functions.ts";

const generator = fileURLToPath(new URL("../generator/generate.ts", import.meta.url));

describe("a new operation of the contract", () => {
  const extended = structuredClone(openapi);
  const profile = extended.paths?.["/v1/Stores/{storeId}/Profiles/{profileId}"];
  const get = profile?.get;
  if (profile === undefined || get === undefined) throw new Error("The contract has no fetchProfile.");
  profile.put = { ...get, operationId: "replaceProfile", summary: "Replace a profile" };

  it("gets a function with its documentation and an example, and a place in the table", () => {
    const source = operationFunctions(extended);
    expect(source).toContain(" * Replace a profile.\n");
    expect(source).toContain(
      " * const { id, createdAt, traits } = await replaceProfile(connection, { path: { storeId, profileId } });\n",
    );
    expect(source).toContain(
      'export function replaceProfile(\n  connection: Connection,\n  given: OperationArguments<"replaceProfile">,',
    );
    expect(operationTable(extended)).toContain("    replaceProfile: bound(replaceProfile),\n");
  });

  it("documents that a merged profile rejects, if it does", () => {
    const [, ofReplace = ""] = operationFunctions(extended).split(" * Replace a profile.");
    expect(ofReplace).toContain("@throws {ProfileMovedError}");
    expect(operationFunctions(openapi).match(/@throws \{ProfileMovedError\}/g)).toHaveLength(3);
  });
});

describe("generate --check", () => {
  let folder: string;
  const generate = (...options: string[]) => promisify(execFile)(process.execPath, [generator, ...options, folder]);

  // Not our own src/generated: the task `check` tests whether that is stale.
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "generated-"));
    await generate();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("passes if the files match the contract", async () => {
    await expect(generate("--check")).resolves.toMatchObject({
      stdout: "The generated operations match the contract.\n",
    });
  });

  it("fails if a function is missing, and names the file and the command", async () => {
    const file = join(folder, "bound-operations.ts");
    const generated = await readFile(file, "utf8");
    await writeFile(file, generated.replace("    listProfiles: bound(listProfiles),\n", ""));
    await expect(generate("--check")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/bound-operations\.ts\nRun: npx -y pnpm@12 generate\n$/),
    });
    await generate();
    expect(await readFile(file, "utf8")).toBe(generated);
  });
});
