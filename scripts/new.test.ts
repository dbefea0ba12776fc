import { execFile } from "node:child_process";
import { readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repositoryCopy } from "./test/repository-copy.ts";
import type { RunSummary } from "./test/totals.ts";
import { findTodos } from "./tree/find-todos.ts";
import { root } from "./turbo.ts";

const run = promisify(execFile);

/** For each kind, the arguments of the command, and the files with marks. Lint reports those that end with `!` too. */
const kinds: readonly (readonly [kind: string, given: readonly string[], files: readonly string[]])[] = [
  [
    "operation",
    ["listProfileTraits", "GET", "/v1/Stores/{storeId}/Profiles/{profileId}/Traits", "--list", "traits"],
    [
      ".changeset/list-profile-traits.md",
      "examples/samples/curl/listProfileTraits.sh",
      "examples/samples/openapi-fetch/listProfileTraits.ts",
      "examples/samples/python/listProfileTraits.py",
      "examples/samples/sdk/listProfileTraits.ts",
      "packages/server/src/operations/profiles/list-profile-traits.ts",
      "spec/components/examples/ListProfileTraitsResponseExample.yaml",
      "spec/components/responses/ListProfileTraitsBadRequest.yaml!",
      "spec/components/schemas/ListProfileTraitsResponse.yaml!",
      "spec/paths/profile-traits.yaml!",
      "spec/workflows/list-profile-traits.arazzo.yaml",
    ],
  ],
  [
    "operation",
    ["updateProfilesState", "PUT", "/v1/Stores/{storeId}/Profiles/State"],
    [
      ".changeset/update-profiles-state.md",
      "examples/samples/curl/updateProfilesState.sh",
      "examples/samples/openapi-fetch/updateProfilesState.ts",
      "examples/samples/python/updateProfilesState.py",
      "examples/samples/sdk/updateProfilesState.ts",
      "packages/server/src/operations/profiles/update-profiles-state.ts",
      "spec/components/examples/UpdateProfilesStateRequestExample.yaml",
      "spec/components/examples/UpdateProfilesStateResponseExample.yaml",
      "spec/components/responses/UpdateProfilesStateBadRequest.yaml!",
      "spec/components/schemas/UpdateProfilesStateRequest.yaml!",
      "spec/components/schemas/UpdateProfilesStateResponse.yaml!",
      "spec/paths/profiles-state.yaml!",
      "spec/workflows/update-profiles-state.arazzo.yaml",
    ],
  ],
  [
    "parameter",
    ["listProfileImportsV2", "createdAfter"],
    [
      ".changeset/list-profile-imports-v2-created-after.md",
      "spec/components/parameters/CreatedAfter.yaml!",
      "spec/components/schemas/CreatedAfter.yaml!",
    ],
  ],
  [
    "error",
    ["patchProfileTraits", "409", "20499", "ProfileLocked"],
    [
      ".changeset/profile-locked-error.md",
      "packages/server/src/operations/api-error.ts",
      "spec/components/examples/ProfileLockedErrorExample.yaml",
      "spec/components/responses/ProfileLocked.yaml!",
      "spec/openapi.yaml",
    ],
  ],
];

let copy: Awaited<ReturnType<typeof repositoryCopy>>;
beforeAll(async () => {
  copy = await repositoryCopy();
  for (const folder of ["", "spec"])
    await symlink(join(root, folder, "node_modules"), join(copy.folder, folder, "node_modules"));
});
afterAll(() => copy[Symbol.asyncDispose]());

const added = (kind: string, given: readonly string[]) =>
  run(process.execPath, [join(copy.folder, "scripts/new.ts"), kind, ...given, "--write-only"]);

describe("pnpm run new", () => {
  it.each(kinds)("new:%s lists the files to fill in: %j", async (kind, given, files) => {
    const before = (await findTodos(copy.folder)).map(({ file }) => file);
    const { stdout } = await added(kind, given);
    const marked = (await findTodos(copy.folder)).map(({ file }) => file).filter((file) => !before.includes(file));
    expect([...new Set(marked)].sort()).toEqual(files.map((file) => file.replace("!", "")));
    for (const file of marked)
      expect(stdout).toMatch(new RegExp(`^  ${file.replaceAll(".", "\\.")}:\\d+: .*TODO`, "m"));
  });

  it("leaves a contract of which lint reports the marks, and nothing else", async () => {
    const problems = await lintProblems();
    const expected = kinds.flatMap(([, , files]) => files.filter((file) => file.endsWith("!")));
    expect(problems.filter(({ ruleId }) => ruleId !== "memory-api/description-style")).toEqual([]);
    expect([...new Set(problems.map(({ file }) => `spec/${file}!`))].sort()).toEqual([...expected].sort());
  });

  it("leaves a contract that lint accepts when the marks are filled in", async () => {
    for (const file of new Set((await findTodos(copy.folder)).map((todo) => todo.file))) {
      const path = join(copy.folder, file);
      await writeFile(path, (await readFile(path, "utf8")).replaceAll("TODO", "Filled in"));
    }
    expect(await lintProblems()).toEqual([]);
    expect(await lintProblems("workflows/list-profile-traits.arazzo.yaml")).toEqual([]);
  });

  it.each([
    [
      "operation",
      ["listProfileTraits", "GET", "/v1/Stores/{storeId}/Profiles/{profileId}/Traits"],
      "already has an operation",
    ],
    ["operation", ["mergeProfiles", "POST", "/v1/Stores/{storeId}/Profiles/Merge"], "Usage: new:operation"],
    ["operation", ["fetchTrait", "GET", "/v1/Stores/{storeId}/Traits/{traitId}"], "TraitId.yaml does not exist"],
    ["parameter", ["listTraits", "orderBy"], "spec/paths contains no operation listTraits"],
    ["parameter", ["listProfiles", "orderBy"], "listProfiles already has the parameter orderBy"],
    ["error", ["fetchProfile", "404", "20404", "ProfileGone"], "404 with code 20404 is already listed"],
    ["nothing", [], "Usage: new:operation, new:parameter or new:error"],
  ])("rejects, and changes no file: %s %j", async (kind, given, message) => {
    const status = () => run("git", ["status", "--porcelain", "--untracked-files=all"], { cwd: copy.folder });
    const before = await status();
    await expect(added(kind, given)).rejects.toThrow(message);
    expect(await status()).toEqual(before);
  });
});

// `npx -y pnpm@12 run test:soak` runs this. It takes minutes.
if (process.env["SOAK"] === "1") {
  describe("an operation that is not filled in", { timeout: 60 * 60_000 }, () => {
    let whole: Awaited<ReturnType<typeof repositoryCopy>>;
    const pnpm = (...options: string[]) =>
      run("npx", ["-y", "pnpm@12", ...options], { cwd: whole.folder, maxBuffer: 2 ** 28 }).catch(() => {});
    beforeAll(async () => {
      whole = await repositoryCopy();
      await pnpm("install", "--frozen-lockfile");
      const [, given] = kinds[0] ?? [];
      await pnpm("run", "new:operation", ...(given ?? []));
    }, 600_000);
    afterAll(() => whole[Symbol.asyncDispose]());

    it("fails the lint of the contract and the check of the marks, and no other check", async () => {
      const tasks = ["lint", "check", "typecheck", "//#lint:repo", "//#lint:tree", "//#typecheck:repo"];
      const options = ["--continue=dependencies-successful", "--summarize"];
      await pnpm("exec", "node", "scripts/turbo.ts", ...tasks, ...options);
      const [summary = ""] = await readdir(join(whole.folder, ".turbo/runs"));
      const { tasks: ran }: RunSummary = JSON.parse(await readFile(join(whole.folder, ".turbo/runs", summary), "utf8"));
      const failed = ran.filter(({ execution }) => execution !== undefined && execution.exitCode !== 0);
      expect(failed.map(({ taskId }) => taskId).sort()).toEqual(["//#lint:tree", "@memory-api/spec#lint"]);
    });

    it.each<[string, string[], string[]]>([
      [
        "server",
        ["test/api"],
        [
          "an account cannot do listProfileTraits in the store of another",
          "an operation returns each status that the contract has for it and all of them are covered",
          "an operation returns each status that the contract has for it listProfileTraits with 200",
          "an operation returns each status that the contract has for it listProfileTraits with 301",
          "an operation returns each status that the contract has for it listProfileTraits with 503",
          "listProfileTraits reads the query parameter pageSize",
          "listProfileTraits reads the query parameter pageToken",
        ],
      ],
      [
        "conformance",
        ["test/parameters.test.ts", "-t", "has a probe"],
        ["the parameters phase has a probe for every parameter, header and property of the contract, and no other"],
      ],
      ["mock", [], []],
      ["types", [], []],
      ["e2e", ["test/contract"], []],
    ])("fails these tests of %s, and no others", async (name, options, failed) => {
      await pnpm("exec", "node", "scripts/turbo.ts", "build", `--filter=@memory-api/${name}...`);
      await pnpm("--filter", `@memory-api/${name}`, "run", "test", ...options);
      const report = await readFile(join(whole.folder, "packages", name, ".reports/vitest.json"), "utf8");
      const { testResults }: { testResults: { assertionResults: { fullName: string; status: string }[] }[] } =
        JSON.parse(report);
      const results = testResults.flatMap(({ assertionResults }) => assertionResults);
      expect(results.some(({ status }) => status === "passed" || status === "failed")).toBe(true);
      expect(
        results
          .filter(({ status }) => status === "failed")
          .map(({ fullName }) => fullName.trim())
          .sort(),
      ).toEqual(failed);
    });
  });
}

/** @param file the contract or a workflow; Redocly writes a separate JSON document for each */
async function lintProblems(file = "openapi.yaml"): Promise<{ ruleId: string; file: string; message: string }[]> {
  const options = ["lint", "--format=json", file];
  const redocly = join(root, "spec/node_modules/@redocly/cli/bin/cli.js");
  const { stdout } = await run(process.execPath, [redocly, ...options], {
    cwd: join(copy.folder, "spec"),
    maxBuffer: 2 ** 26,
  }).catch((error: { stdout: string }) => error);
  const { problems }: { problems: { ruleId: string; message: string; location: { source: { ref: string } }[] }[] } =
    JSON.parse(stdout);
  return problems.map(({ ruleId, message, location }) => ({ ruleId, message, file: location[0]?.source.ref ?? "" }));
}
