import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The part of the summary of `turbo run --summarize` that is needed here. */
export interface RunSummary {
  tasks: TaskSummary[];
}

export interface TaskSummary {
  taskId: string;
  /** Folder of the package, relative to the root of the repository. */
  directory: string;
  outputs: string[] | null;
  cache: { status: string };
  /** IDs of the tasks that depend on this one. */
  dependents: string[];
  execution?: { startTime: number; endTime?: number; exitCode: number };
}

/** The part of Vitest's report that is needed here. */
interface TestReport {
  startTime: number;
  /** One entry per file. `message` is the error of a file or suite whose tests could not run. */
  testResults: { name: string; status: string; message: string; assertionResults: TestResult[] }[];
}

interface TestResult {
  fullName: string;
  status: string;
  meta?: { skipReason?: string; coverage?: string };
}

export interface Totals {
  passed: number;
  /** Names of failed tests, and of tasks that failed although no test of theirs failed. */
  failed: string[];
  skipped: { name: string; reason: string }[];
  /** Coverage messages of the tests. */
  coverage: string[];
}

/**
 * Returns the summary of the last `turbo run --summarize`; `undefined` if there is none.
 *
 * @param root path of the repository
 */
export async function summaryOfLastRun(root: string): Promise<RunSummary | undefined> {
  const folder = join(root, ".turbo/runs");
  const [file] = await readdir(folder).catch(() => []);
  return file === undefined ? undefined : JSON.parse(await readFile(join(folder, file), "utf8"));
}

/**
 * Returns the totals of the last `turbo run --summarize`.
 *
 * @param root path of the repository
 */
export async function totalsOfLastRun(root: string): Promise<Totals> {
  const summary = await summaryOfLastRun(root);
  if (summary !== undefined) return totalsOf(summary, root);
  return { passed: 0, failed: ["turbo wrote no summary of its run"], skipped: [], coverage: [] };
}

/**
 * Adds up the test results in the reports of a run. The report of a task counts only if the task ran in this run, or turbo
 * restored it from the cache. Reports of earlier runs are ignored.
 *
 * @param root path of the repository
 */
export async function totalsOf(summary: RunSummary, root: string): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: [], skipped: [], coverage: [] };
  for (const task of summary.tasks) {
    const failuresBefore = totals.failed.length;
    const report = task.outputs?.includes(".reports/**") ? await reportOf(task, root) : undefined;
    for (const file of report?.testResults ?? []) addFile(totals, file);
    const failed = task.execution?.exitCode !== 0 || (task.outputs?.includes(".reports/**") && !report);
    if (failed && totals.failed.length === failuresBefore) totals.failed.push(await taskFailure(task, summary, root));
  }
  return totals;
}

/**
 * Returns the last line of `pnpm test`.
 *
 * @example "12 passed, 0 failed, 1 skipped"
 */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  const line = `${passed} passed, ${failed.length} failed`;
  return skipped.length > 0 ? `${line}, ${skipped.length} skipped` : line;
}

/**
 * Returns the tasks that ran for at least 5 seconds, the longest first. Tasks that turbo restored from its cache did not run.
 *
 * @example ["@memory-api/server#test 93 s"]
 */
export function longestTasks({ tasks }: RunSummary = { tasks: [] }): string[] {
  return tasks
    .flatMap(({ taskId, cache, execution }) => {
      const ms = (execution?.endTime ?? 0) - (execution?.startTime ?? 0);
      return cache.status === "HIT" || ms < 5000 ? [] : [{ taskId, ms }];
    })
    .sort((one, other) => other.ms - one.ms)
    .map(({ taskId, ms }) => `${taskId} ${Math.round(ms / 1000)} s`);
}

async function reportOf(task: TaskSummary, root: string): Promise<TestReport | undefined> {
  try {
    const report: TestReport = JSON.parse(await readFile(join(root, task.directory, ".reports/vitest.json"), "utf8"));
    const isOfThisRun = task.cache.status === "HIT" || report.startTime >= (task.execution?.startTime ?? Infinity);
    return isOfThisRun ? report : undefined;
  } catch {
    return undefined;
  }
}

function addFile(totals: Totals, file: TestReport["testResults"][number]): void {
  const failuresBefore = totals.failed.length;
  for (const { fullName, status, meta } of file.assertionResults) {
    const name = fullName.trim();
    if (meta?.coverage !== undefined) totals.coverage.push(meta.coverage);
    if (status === "passed") totals.passed += 1;
    else if (status === "failed") totals.failed.push(name);
    else totals.skipped.push({ name, reason: meta?.skipReason ?? (file.message || "no reason given") });
  }
  const failedWithoutFailedTest = file.status === "failed" && totals.failed.length === failuresBefore;
  if (failedWithoutFailedTest) totals.failed.push(file.name);
}

async function taskFailure({ taskId, dependents }: TaskSummary, summary: RunSummary, root: string): Promise<string> {
  const isTask = await Promise.all(dependents.map((dependent) => hasScript(dependent, summary, root)));
  const notRun = dependents.filter((_, index) => isTask[index]);
  return notRun.length > 0 ? `${taskId} (not run: ${notRun.join(", ")})` : taskId;
}

/** Turbo lists each task for every package, but only runs it in the packages that have a script with its name. */
async function hasScript(taskId: string, { tasks }: RunSummary, root: string): Promise<boolean> {
  const [name = "", script = ""] = taskId.split("#");
  const directory = tasks.find((task) => task.taskId.startsWith(`${name}#`))?.directory;
  if (directory === undefined) return true;
  const manifest: { scripts?: Record<string, string> } = JSON.parse(
    await readFile(join(root, directory, "package.json"), "utf8"),
  );
  return manifest.scripts?.[script] !== undefined;
}
