import { execFile } from "node:child_process";
import { appendFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { repositoryCopy } from "./test/repository-copy.ts";
import { telemetryOptOut } from "./turbo.ts";

const require = createRequire(import.meta.url);
const TASKS = [
  "lint",
  "check",
  "typecheck",
  "test",
  "//#lint:repo",
  "//#typecheck:repo",
  "//#test:repo",
  "//#diff:repo",
];

let copy: Awaited<ReturnType<typeof repositoryCopy>>;
beforeAll(async () => {
  copy = await repositoryCopy();
});
afterAll(() => copy[Symbol.asyncDispose]());

/** Every task of `pnpm test`, with the hash of its inputs. A task with another hash runs again. */
async function hashes(): Promise<Map<string, string>> {
  const options = ["run", ...TASKS, "--dry=json"];
  const { stdout } = await promisify(execFile)(process.execPath, [require.resolve("turbo"), ...options], {
    cwd: copy.folder,
    env: { ...process.env, ...telemetryOptOut },
    maxBuffer: 2 ** 26,
  });
  const { tasks }: { tasks: { taskId: string; hash: string; command: string }[] } = JSON.parse(stdout);
  return new Map(tasks.filter(({ command }) => command !== "<NONEXISTENT>").map(({ taskId, hash }) => [taskId, hash]));
}

/** Returns the tasks that run again after a line is added to a file. */
async function rerun(file: string, line: string): Promise<string[]> {
  const before = await hashes();
  await appendFile(join(copy.folder, file), line);
  const after = await hashes();
  return [...after].filter(([id, hash]) => before.get(id) !== hash).map(([id]) => id.replace("@memory-api/", ""));
}

const testsIn = (tasks: readonly string[]) => tasks.filter((task) => task.endsWith("#test")).sort();

it("after a change of the contract, everything that depends on it runs again, but not the lint of the code", async () => {
  const tasks = await rerun("spec/paths/profile.yaml", "# A comment.\n");
  expect(tasks).toEqual(
    expect.arrayContaining(["spec#lint", "spec#build", "types#check", "client#check", "//#diff:repo"]),
  );
  expect(testsIn(tasks)).toEqual(
    ["client", "conformance", "docs", "e2e", "json-schema-arbitrary", "mock", "server", "spec", "types"].map(
      (name) => `${name}#test`,
    ),
  );
  for (const task of ["//#lint:repo", "//#typecheck:repo", "spec#typecheck"]) expect(tasks).not.toContain(task);
});

it("after a change of the client, the tests of the server, the mock and the conformance kit do not run again", async () => {
  const tasks = await rerun("packages/client/src/index.ts", "// A comment.\n");
  expect(testsIn(tasks)).toEqual(["client#test", "docs#test", "e2e#test"]);
  expect(tasks).not.toContain("spec#lint");
});

it("after a change of the server, the tests of the types, the mock and the arbitraries do not run again", async () => {
  const tasks = await rerun("packages/server/src/index.ts", "// A comment.\n");
  expect(testsIn(tasks)).toEqual(["client#test", "conformance#test", "docs#test", "e2e#test", "server#test"]);
});

it("after a change of a test, only the tests and the types of its package, and the lint of the code, run again", async () => {
  const tasks = await rerun("packages/mock/test/cli.test.ts", "// A comment.\n");
  expect(tasks.sort()).toEqual(["//#lint:repo", "mock#test", "mock#typecheck"]);
});

it("after a change of a page, the site is built again, but no package", async () => {
  const tasks = await rerun("docs/versioning.md", "A sentence.\n");
  expect(tasks.sort()).toEqual(["//#test:repo", "docs#build", "docs#test", "e2e#test"]);
});
