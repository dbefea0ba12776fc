import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Mock, startMock } from "@memory-api/mock";
import { openapi } from "@memory-api/spec";
import { type OperationId, operations } from "@memory-api/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplesFolder } from "../build/build-reference.ts";
import { sampleStyles } from "../build/code-samples.ts";

const run = promisify(execFile);
const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** What the samples of each operation print of the contract's examples, which are the responses of the mock. */
const printed: Record<OperationId, string[]> = {
  createProfile: [example("CreateProfileResponseExample", "id")],
  createProfilesImportV2: [
    example("CreateProfilesImportV2ResponseExample", "importId"),
    example("CreateProfilesImportV2ResponseExample", "url"),
  ],
  deleteProfile: [example("DeleteProfileResponseExample", "message")],
  fetchProfile: [example("FetchProfileResponseExample", "traits", "Contact", "email")],
  fetchProfileImportV2: [example("FetchProfileImportV2PendingResponseExample", "status")],
  listProfileImportsV2: [example("ListProfileImportsV2ResponseExample", "imports", "0")],
  listProfiles: [
    example("ListProfilesFirstPageResponseExample", "profiles", "2"),
    example("ListProfilesLastPageResponseExample", "profiles", "1"),
  ],
  patchProfileTraits: [example("PatchProfileTraitsResponseExample", "message")],
  updateProfilesBulk: [example("UpdateProfilesBulkResponseExample", "message")],
  uploadImportFile: [example("CreateProfilesImportV2ResponseExample", "importId")],
};
const canonicalProfileId = example("ProfileMovedResponseExample", "uri").split("/").at(-1);

const samples = sampleStyles.flatMap(({ folder }) =>
  Object.values(operations).map(({ id, statuses }) => ({ folder, id, statuses, file: `${folder}/${id}.ts` })),
);
const redirected = samples.flatMap(({ file, statuses }) =>
  statuses.filter((status) => status >= 300 && status < 400).map((status) => ({ file, status })),
);

let mock: Mock;
let diagnostics: string[];

beforeAll(async () => {
  mock = await startMock();
  const compiled = run(pathOf("../node_modules/.bin/tsc"), ["-p", samplesFolder, "--pretty", "false"]);
  diagnostics = await compiled.then(
    () => [],
    ({ stdout }: { stdout: string }) => stdout.trim().split("\n"),
  );
});
afterAll(() => mock?.stop());

/** Runs a sample in the folder that its README names, and returns what it prints. */
async function output(file: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(process.execPath, ["--import", pathOf("fetch-from-mock.ts"), file], {
    cwd: samplesFolder,
    env: { TWILIO_API_KEY: "key", TWILIO_API_SECRET: "secret", MEMORY_BASE_URL: mock.url, ...environment },
  });
  return stdout;
}

describe.each(samples)("the sample $file", ({ folder, id, file }) => {
  it("compiles", () => {
    expect(diagnostics.filter((line) => line.includes(file))).toEqual([]);
  });

  it("prints the response of the mock", async () => {
    // The response has no count. The SDK counts the profiles that it sent.
    const expected = folder === "sdk" && id === "updateProfilesBulk" ? ["2 profiles"] : printed[id];
    const text = await output(file);
    for (const part of expected) expect(text).toContain(part);
  });
});

it("compile together", () => {
  expect(diagnostics).toEqual([]);
});

describe.each(redirected)("the sample $file, for a profile that was merged ($status)", ({ file, status }) => {
  it("names the canonical profile, which the sample itself does not contain", async () => {
    const { Prefer } = mock.prefer({ status });
    expect(await output(file, { MOCK_PREFER: Prefer })).toContain(canonicalProfileId);
    expect(await readFile(join(samplesFolder, file), "utf8")).not.toContain(canonicalProfileId);
  });
});

/** A string in an example of the contract. */
function example(name: string, ...keys: string[]): string {
  const { components = {} } = openapi;
  const { [name]: found } = components.examples ?? {};
  const value = keys.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined),
    found !== undefined && "value" in found ? found.value : undefined,
  );
  if (typeof value !== "string") throw new Error(`The contract has no string ${keys.join(".")} in ${name}.`);
  return value;
}
