import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What this repo reads of the summary that `turbo run --summarize` writes. */
export interface RunSummary {
  tasks: TaskSummary[];
}

export interface TaskSummary {
  taskId: string;
  /** Folder of the package from the root of the repo. */
  directory: string;
  outputs: string[] | null;
  cache: { status: string };
  /** Names of the tasks that wait for this one. */
  dependents: string[];
  execution?: { startTime: number; exitCode: number };
}

/** What this repo reads of the report that vitest writes. */
interface TestReport {
  startTime: number;
  /** One a file; `message` is the error of a file or suite that could not run its tests. */
  testResults: { name: string; status: string; message: string; assertionResults: TestResult[] }[];
}

interface TestResult {
  fullName: string;
  status: string;
  meta?: { skipReason?: string; coverage?: string };
}

export interface Totals {
  passed: number;
  /** Names of tests, and of tasks that failed without a test that did. */
  failed: string[];
  skipped: { name: string; reason: string }[];
  /** What tests say of how much they reached. */
  coverage: string[];
}

/**
 * Sums up the tests of a run from the reports of its tasks. A report is counted only where its task ran or was answered
 * from the cache in this run, so one that an earlier run left behind is not.
 *
 * @param summary of the run
 * @param root folder of the repo
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
 * The last line of `pnpm test`.
 *
 * @example "12 passed, 0 failed, 1 skipped"
 */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  const line = `${passed} passed, ${failed.length} failed`;
  return skipped.length > 0 ? `${line}, ${skipped.length} skipped` : line;
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
  const hasNoTestToBlame = file.status === "failed" && totals.failed.length === failuresBefore;
  if (hasNoTestToBlame) totals.failed.push(file.name);
}

async function taskFailure({ taskId, dependents }: TaskSummary, summary: RunSummary, root: string): Promise<string> {
  const isTask = await Promise.all(dependents.map((dependent) => hasScript(dependent, summary, root)));
  const waiting = dependents.filter((_, index) => isTask[index]);
  return waiting.length > 0 ? `${taskId} (so these did not run: ${waiting.join(", ")})` : taskId;
}

/** Turbo makes a task of every name in every package, and runs those that the package has a script for. */
async function hasScript(taskId: string, { tasks }: RunSummary, root: string): Promise<boolean> {
  const [name = "", script = ""] = taskId.split("#");
  const directory = tasks.find((task) => task.taskId.startsWith(`${name}#`))?.directory;
  if (directory === undefined) return true;
  const manifest: { scripts?: Record<string, string> } = JSON.parse(
    await readFile(join(root, directory, "package.json"), "utf8"),
  );
  return manifest.scripts?.[script] !== undefined;
}
