import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A step whose response was not as its workflow requires. */
export interface FailedStep {
  readonly workflowId: string;
  readonly stepId: string;
  /** The conditions that did not hold. */
  readonly expected: string;
  readonly message: string;
}

export interface RespectRun {
  /** The file, with absolute URLs of what it refers to. */
  readonly text: string;
  readonly serverUrl: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** The part of the report of Respect that is read. */
interface RespectReport {
  readonly files: Readonly<Record<string, { readonly executedWorkflows: readonly ExecutedWorkflow[] }>>;
}

interface ExecutedWorkflow {
  readonly workflowId: string;
  readonly status: string;
  readonly executedSteps: readonly {
    readonly stepId: string;
    readonly checks: readonly {
      readonly passed: boolean;
      readonly name: string;
      readonly message?: string;
      readonly condition?: string;
    }[];
  }[];
}

/** Steps wait for retries after a 429. */
const FETCH_TIMEOUT_MS = 120_000;

/** @returns the script of the command `redocly`, from where the kit or the caller has installed it; `undefined` if it is not installed */
export function findRedocly(): string | undefined {
  for (const from of [import.meta.url, join(process.cwd(), "package.json")]) {
    try {
      const manifest = createRequire(from).resolve("@redocly/cli/package.json");
      return join(dirname(manifest), "bin", "cli.js");
    } catch {
      // Not installed there.
    }
  }
  return undefined;
}

/**
 * Runs a file of workflows with Redocly Respect.
 *
 * @param command as `findRedocly` returns it
 * @returns the step at which each workflow failed
 * @throws {Error} if Respect wrote no report, or ran no step
 */
export async function runRespect(command: string, run: RespectRun): Promise<readonly FailedStep[]> {
  const folder = await mkdtemp(join(tmpdir(), "memory-conformance-"));
  try {
    const file = join(folder, "workflow.arazzo.yaml");
    const path = join(folder, "report.json");
    await writeFile(file, run.text);
    const args = ["respect", file, "--server", `memory=${run.serverUrl}`, "--json-output", path];
    const output = await execute([command, ...args, "--max-fetch-timeout", String(FETCH_TIMEOUT_MS)], run);
    const text = await readFile(path, "utf8").catch(() => "");
    if (text === "") throw new Error(`Redocly Respect wrote no report: ${output.slice(-500)}`);
    const report: RespectReport = JSON.parse(text);
    const workflows = Object.values(report.files).flatMap(({ executedWorkflows }) => executedWorkflows);
    if (!workflows.some(({ executedSteps }) => executedSteps.length > 0))
      throw new Error("Redocly Respect ran no step.");
    return workflows.filter(({ status }) => status !== "success").flatMap(failedStep);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failedStep({ workflowId, executedSteps }: ExecutedWorkflow): FailedStep[] {
  const step = executedSteps.findLast(({ checks }) => checks.some(({ passed }) => !passed));
  if (step === undefined) return [];
  const failed = step.checks.filter(({ passed }) => !passed);
  const expected = failed.map(({ name, condition }) => condition ?? name).join(" and ");
  return [{ workflowId, stepId: step.stepId, expected, message: failed[0]?.message ?? "" }];
}

/** @returns what the command printed */
function execute(args: readonly string[], { inputs, signal }: RespectRun): Promise<string> {
  const env = {
    ...process.env,
    // Not an argument, which other users of the machine could read.
    REDOCLY_CLI_RESPECT_INPUT: JSON.stringify(inputs),
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      env,
      signal,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.on("error", reject).on("close", () => resolve(output));
  });
}
