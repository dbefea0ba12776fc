import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { longestTasks, type TaskSummary, totalsLine, totalsOf } from "./totals.ts";

const fixtures = fileURLToPath(new URL("fixtures", import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
let folder: string;
let report: string;
let startTime: number;

describe("totalsOf", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "fixtures-"));
    await cp(fixtures, folder, { recursive: true });
    const options = [vitest, "run", "--root", folder, "--config", join(fixtures, "vitest.config.ts")];
    await new Promise((resolve) => execFile(process.execPath, options, resolve));
    report = await readFile(join(folder, ".reports/vitest.json"), "utf8");
    startTime = JSON.parse(report).startTime;
  });

  afterAll(() => rm(folder, { recursive: true }));

  it("counts passed, failed and skipped tests, and returns the skip reasons and the coverage", async () => {
    const totals = await totalsOf({ tasks: [testTask({ exitCode: 1 })] }, await rootWith(report));

    expect(totals).toEqual({
      passed: 2,
      failed: expect.arrayContaining([join(folder, "broken.fixture.ts"), "a suite fails"]),
      skipped: [
        { name: "a suite skips with a reason", reason: "no browser on this machine" },
        { name: "a suite skips without a reason", reason: "no reason given" },
        { name: "a suite is not implemented", reason: "no reason given" },
      ],
      coverage: ["3 of 4 things"],
    });
    expect(totalsLine(totals)).toBe("2 passed, 2 failed, 3 skipped");
  });

  it("adds up the packages", async () => {
    const totals = await totalsOf({ tasks: [testTask(), testTask()] }, await rootWith(report));
    expect(totalsLine(totals)).toBe("4 passed, 4 failed, 6 skipped");
  });

  it("counts a report from the cache, regardless of its age", async () => {
    const cached = { ...testTask({ startTime: startTime + 1000 }), cache: { status: "HIT" } };
    expect((await totalsOf({ tasks: [cached] }, await rootWith(report))).passed).toBe(2);
  });

  it("ignores a report of an earlier run", async () => {
    const task = testTask({ exitCode: 1, startTime: startTime + 1000 });
    const totals = await totalsOf({ tasks: [task] }, await rootWith(report));
    expect(totals).toEqual({ passed: 0, failed: ["@memory-api/spec#test"], skipped: [], coverage: [] });
  });

  it("ignores the report of a package without a task in this run", async () => {
    expect(await totalsOf({ tasks: [] }, await rootWith(report))).toEqual({
      passed: 0,
      failed: [],
      skipped: [],
      coverage: [],
    });
  });

  it("counts a test task without a report as one failure, even if it exits with 0", async () => {
    const totals = await totalsOf({ tasks: [testTask({ exitCode: 0 })] }, await rootWith());
    expect(totals.failed).toEqual(["@memory-api/spec#test"]);
  });

  it("counts a test task that fails although its tests pass", async () => {
    const passing = { startTime, testResults: [{ name: "a.test.ts", status: "passed", assertionResults: [] }] };
    const root = await rootWith(JSON.stringify(passing));
    expect((await totalsOf({ tasks: [testTask({ exitCode: 1 })] }, root)).failed).toEqual(["@memory-api/spec#test"]);
  });

  it.each([
    ["test", [".reports/**"]],
    ["lint", null],
  ])("counts a task %s that did not run as one failure, and ignores its earlier report", async (script, outputs) => {
    const { execution: _, ...task } = testTask();
    const taskId = `@memory-api/spec#${script}`;
    const totals = await totalsOf({ tasks: [{ ...task, taskId, outputs }] }, await rootWith(report));
    expect(totals).toEqual({ passed: 0, failed: [taskId], skipped: [], coverage: [] });
  });

  it("counts any other failed task as one failure, and names the tasks that did not run because of it", async () => {
    const build = { ...testTask({ exitCode: 2 }), taskId: "@memory-api/spec#build", outputs: ["dist/**"] };
    const lint = { ...testTask({ exitCode: 0 }), taskId: "@memory-api/spec#lint", outputs: null };
    const totals = await totalsOf(
      { tasks: [{ ...build, dependents: ["@memory-api/types#test"] }, lint] },
      await rootWith(),
    );
    expect(totals.failed).toEqual(["@memory-api/spec#build (not run: @memory-api/types#test)"]);
    expect(totalsLine(totals)).toBe("0 passed, 1 failed");
  });

  it("does not name tasks for which the package has no script", async () => {
    const root = await rootWith();
    await writeFile(join(root, "package.json"), JSON.stringify({ scripts: { test: "vitest run" } }));
    const lint = { ...testTask({ exitCode: 1 }), taskId: "@memory-api/spec#lint", outputs: null };
    const dependents = ["@memory-api/spec#bench", "@memory-api/spec#test", "@memory-api/types#check"];
    const { failed } = await totalsOf({ tasks: [{ ...lint, dependents }] }, root);
    expect(failed).toEqual(["@memory-api/spec#lint (not run: @memory-api/spec#test, @memory-api/types#check)"]);
  });
});

function testTask(execution: Partial<TaskSummary["execution"]> = {}): TaskSummary {
  return {
    taskId: "@memory-api/spec#test",
    directory: ".",
    outputs: [".reports/**"],
    cache: { status: "MISS" },
    dependents: [],
    execution: { startTime, exitCode: 0, ...execution },
  };
}

/** Creates a folder with the given report of Vitest, if any. */
async function rootWith(json?: string): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "totals-"));
  onTestFinished(() => rm(root, { recursive: true }));
  if (json === undefined) return root;
  await mkdir(join(root, ".reports"));
  await writeFile(join(root, ".reports/vitest.json"), json);
  return root;
}

describe("longestTasks", () => {
  it("lists the tasks that ran for at least 5 seconds, the longest first", () => {
    const ran = (taskId: string, seconds: number, status = "MISS"): TaskSummary => ({
      ...{ taskId, directory: "", outputs: null, dependents: [], cache: { status } },
      execution: { startTime: 1000, endTime: 1000 + seconds * 1000, exitCode: 0 },
    });
    const tasks = [ran("mock#test", 7.4), ran("spec#lint", 2), ran("server#test", 90), ran("types#test", 60, "HIT")];
    expect(longestTasks({ tasks })).toEqual(["server#test 90 s", "mock#test 7 s"]);
  });
});
