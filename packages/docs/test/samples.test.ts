import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Mock, startMock } from "@memory-api/mock";
import { openapi } from "@memory-api/spec";
import { type OperationId, operations, patterns } from "@memory-api/types";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { samplesFolder } from "../build/build-reference.ts";

const run = promisify(execFile);
const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** What the sample of each operation prints of the examples of the contract, which are what the mock answers. */
const printed: Record<OperationId, string[]> = {
  createProfile: [example("CreateProfileResponseExample", "id")],
  createProfilesImportV2: [example("CreateProfilesImportV2ResponseExample", "importId")],
  deleteProfile: [example("DeleteProfileResponseExample", "message")],
  fetchProfile: [example("FetchProfileResponseExample", "traits", "Contact", "email")],
  fetchProfileImportV2: [example("FetchProfileImportV2PendingResponseExample", "status")],
  listProfileImportsV2: [example("ListProfileImportsV2ResponseExample", "imports", "0")],
  listProfiles: [
    example("ListProfilesFirstPageResponseExample", "profiles", "2"),
    example("ListProfilesFirstPageResponseExample", "meta", "nextToken"),
  ],
  patchProfileTraits: [example("PatchProfileTraitsResponseExample", "message")],
  updateProfilesBulk: [example("UpdateProfilesBulkResponseExample", "message")],
  uploadImportFile: [
    example("CreateProfilesImportV2ResponseExample", "importId"),
    example("FetchProfileImportV2PendingResponseExample", "status"),
  ],
};

const all = Object.values(operations);
const redirecting = all.flatMap(({ id, statuses }) =>
  statuses.filter((status) => status >= 300 && status < 400).map((status) => ({ id, status })),
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

/** What the sample prints when it is run from its folder, as its README says. */
async function output(id: OperationId, environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(process.execPath, ["--import", pathOf("fetch-from-mock.ts"), `${id}.ts`], {
    cwd: samplesFolder,
    env: { MEMORY_API_KEY: "key", MEMORY_API_SECRET: "secret", MEMORY_BASE_URL: mock.url, ...environment },
  });
  return stdout;
}

describe.each(all)("the sample of $id", ({ id }) => {
  it("is accepted by the compiler", () => {
    expect(diagnostics.filter((line) => line.includes(`${id}.ts`))).toEqual([]);
  });

  it("prints what the mock answered", async () => {
    const text = await output(id);
    for (const expected of printed[id]) expect(text).toContain(expected);
  });
});

it("compile, all of them together", () => {
  expect(diagnostics).toEqual([]);
});

describe.each(redirecting)("the sample of $id, answered with $status", ({ id, status }) => {
  it("names the canonical profile, which is not the one that it asked for", async () => {
    const { Prefer } = mock.prefer({ status });
    const named = profileIdsIn(await output(id, { MOCK_PREFER: Prefer }));
    const asked = profileIdsIn(await readFile(join(samplesFolder, `${id}.ts`), "utf8"));
    expect(named).toHaveLength(1);
    expect(asked).toHaveLength(1);
    expect(named).not.toEqual(asked);
  });
});

function profileIdsIn(text: string): string[] {
  return text.split(/\W+/).filter((word) => patterns.ProfileId.test(word));
}

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
