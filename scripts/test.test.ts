import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { PERMITTED_SKIPS_FILE } from "./test/permitted-skips.ts";
import { root } from "./turbo.ts";

const TASKS = [
  "lint",
  "typecheck",
  "check",
  "//#lint:repo",
  "//#lint:tree",
  "//#typecheck:repo",
  "//#diff:repo",
  "//#test:repo",
];
const turboConfiguration = {
  tasks: {
    ...Object.fromEntries(TASKS.map((name) => [name, {}])),
    build: {},
    test: { dependsOn: ["^build"], outputs: [".reports/**"] },
    "test:desktop": { outputs: [".reports/**"] },
  },
};

interface Package {
  scripts: Record<string, string>;
  dependencies?: Record<string, string>;
  /** The report that the `test` task of the package writes. */
  testResults?: object[];
}

const passed = { fullName: "a test", status: "passed" };
const skipped = { fullName: "another test", status: "skipped", meta: { skipReason: "no browser on this machine" } };

describe("pnpm test", () => {
  it("passes if all tests pass", async () => {
    const folder = await repository({ "packages/types": packageWithTests(passed) });
    expect(await run(folder, ["--complete"])).toEqual({ exitCode: 0, lastLines: ["1 passed, 0 failed"] });
  });

  it("fails if a task did not run because another task failed, and ignores its earlier report", async () => {
    const folder = await repository({
      "packages/spec": { scripts: { build: "exit 3" } },
      "packages/types": { ...packageWithTests(passed), dependencies: { spec: "*" } },
    });
    const earlier = { startTime: Date.now(), testResults: packageWithTests(passed).testResults };
    await writeFile(join(folder, "packages/types/.reports/vitest.json"), JSON.stringify(earlier));
    expect(await run(folder)).toEqual({
      exitCode: 1,
      lastLines: ["Failed: spec#build (not run: types#test)", "0 passed, 1 failed"],
    });
  });

  it("reports the failed tests of every package in one run", async () => {
    const failed = (fullName: string) => ({
      ...packageWithTests({ fullName, status: "failed" }),
      scripts: { test: "node report.cjs && exit 1" },
    });
    const folder = await repository({ "packages/types": failed("one"), "packages/mock": failed("another") });
    const { exitCode, lastLines } = await run(folder);
    expect({ exitCode, lastLines: lastLines.sort() }).toEqual({
      exitCode: 1,
      lastLines: ["0 passed, 2 failed", "Failed: another", "Failed: one"],
    });
  });

  it("passes with a skipped test, and prints the reason", async () => {
    const folder = await repository({ "packages/types": packageWithTests(passed, skipped) });
    expect(await run(folder)).toEqual({
      exitCode: 0,
      lastLines: ["Skipped: another test (no browser on this machine)", "1 passed, 0 failed, 1 skipped"],
    });
  });

  it("prints a reason that several tests share once", async () => {
    const another = { ...skipped, fullName: "a third test" };
    const folder = await repository({ "packages/types": packageWithTests(passed, skipped, another) });
    expect((await run(folder)).lastLines).toEqual([
      "Skipped: another test, and 1 more (no browser on this machine)",
      "1 passed, 0 failed, 2 skipped",
    ]);
  });

  it.each<[string, string[], NodeJS.ProcessEnv]>([
    ["with --complete", ["--complete"], {}],
    ["in CI", [], { CI: "true" }],
  ])("fails with a skipped test %s", async (_, options, environment) => {
    const folder = await repository({ "packages/types": packageWithTests(passed, skipped) });
    expect(await run(folder, options, environment)).toEqual({
      exitCode: 1,
      lastLines: [
        "Skipped: another test (no browser on this machine)",
        "A complete run must not skip tests that scripts/test/permitted-skips.json does not list: 1.",
        "1 passed, 0 failed, 1 skipped",
      ],
    });
  });

  it("passes in CI with a skipped test that is listed, and fails once the test runs", async () => {
    const entry = { test: "another test", platforms: [process.platform], reason: "no browser", command: "pnpm test" };
    const list = JSON.stringify([entry]);
    const skipping = await repository({ "packages/types": packageWithTests(passed, skipped) });
    await writeFile(join(skipping, PERMITTED_SKIPS_FILE), list);
    expect(await run(skipping, ["--complete"])).toMatchObject({ exitCode: 0 });
    const running = await repository({ "packages/types": packageWithTests(passed) });
    await writeFile(join(running, PERMITTED_SKIPS_FILE), list);
    expect(await run(running, ["--complete"])).toEqual({
      exitCode: 1,
      lastLines: [
        'Remove "another test" from scripts/test/permitted-skips.json: it is not skipped.',
        "1 passed, 0 failed",
      ],
    });
  });

  it("only runs the tests for every operating system with --desktop", async () => {
    const types = packageWithTests(passed);
    const scripts = { ...types.scripts, test: "exit 1", "test:desktop": "node report.cjs" };
    const folder = await repository({ "packages/types": { ...types, scripts } });
    expect(await run(folder, ["--desktop"])).toEqual({ exitCode: 0, lastLines: ["1 passed, 0 failed"] });
  });

  it("fails if turbo writes no summary, even if an earlier run wrote one", async () => {
    const folder = await repository({ "packages/types": packageWithTests(passed) });
    await mkdir(join(folder, ".turbo/runs"), { recursive: true });
    await writeFile(join(folder, ".turbo/runs/earlier.json"), JSON.stringify({ tasks: [] }));
    await writeFile(join(folder, "turbo.json"), "{");
    expect(await run(folder)).toEqual({
      exitCode: 1,
      lastLines: ["Failed: turbo wrote no summary of its run", "0 passed, 1 failed"],
    });
  });

  it("fails if turbo fails, even if no task failed", async () => {
    const failing = `
    require("node:fs").mkdirSync(".turbo/runs", { recursive: true });
    require("node:fs").writeFileSync(".turbo/runs/run.json", '{ "tasks": [] }');
    process.exitCode = 7;
  `;
    const folder = await repository({ "packages/types": packageWithTests(passed) }, failing);
    expect(await run(folder)).toEqual({
      exitCode: 1,
      lastLines: ["Failed: turbo exited with code 7", "0 passed, 1 failed"],
    });
  });

  it("fails if a task prints a secret of the tests", async () => {
    // Built from two parts, so that a search for secrets does not match this file.
    const secret = ["canary", "01234567-89ab"].join("-");
    const folder = await repository({ "packages/types": packageWithTests({ ...passed, fullName: secret }) });
    expect(await run(folder)).toEqual({
      exitCode: 1,
      lastLines: ["Failed: packages/types/.reports/vitest.json contains a secret of the tests", "1 passed, 1 failed"],
    });
  });
});

/** Returns a package whose `test` task reports the given results. */
function packageWithTests(...assertionResults: object[]): Package {
  const testResults = [{ name: "a.test.ts", status: "passed", message: "", assertionResults }];
  return { scripts: { test: "node report.cjs" }, testResults };
}

/** Creates a repository with the given packages, the scripts of this repository, and turbo or the program that replaces it. */
async function repository(packages: Record<string, Package>, turbo?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "repository-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp(join(root, "scripts"), join(folder, "scripts"), { recursive: true });
  // The tests of this repository that a run may skip are not in the copy, so each of them would be reported.
  await writeFile(join(folder, PERMITTED_SKIPS_FILE), "[]");
  const manifest = { type: "module", packageManager: "npm@10.0.0", workspaces: ["packages/*"] };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "turbo.json"), JSON.stringify(turboConfiguration));
  await mkdir(join(folder, "node_modules"));
  if (turbo === undefined) await symlink(join(root, "node_modules/turbo"), join(folder, "node_modules/turbo"));
  else await writeFile(join(folder, "node_modules/turbo.js"), turbo);
  for (const [path, { testResults, ...rest }] of Object.entries(packages)) {
    await mkdir(join(folder, path, ".reports"), { recursive: true });
    const manifest = { name: basename(path), version: "1.0.0", ...rest };
    await writeFile(join(folder, path, "package.json"), JSON.stringify(manifest));
    const report = `{ startTime: Date.now(), testResults: ${JSON.stringify(testResults)} }`;
    const write = `require("node:fs").writeFileSync(".reports/vitest.json", JSON.stringify(${report}))`;
    await writeFile(join(folder, path, "report.cjs"), write);
  }
  return folder;
}

/** Runs `scripts/test.ts` in the folder. Returns its exit code and the lines that it prints after the output of turbo. */
async function run(folder: string, options: string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join(folder, "scripts/test.ts"), ...options], {
    env: { ...process.env, CI: undefined, ...environment },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exitCode = new Promise((resolve) => child.once("close", resolve));
  const lines = (await text(child.stdout)).trim().split("\n");
  const first = lines.findIndex((line) => /^(Coverage|Failed|Skipped): |^Remove "|^\d+ passed, /.test(line));
  return { exitCode: await exitCode, lastLines: lines.slice(first) };
}
