import { join } from "node:path";
import { run } from "../support/run.ts";
import { csvPath } from "./install-suite.ts";
import type { RuntimeReport } from "./runtime.ts";
import type { SandboxSettings, SuiteSettings } from "./suite/check.ts";

// Programs get only the variables that they need to start, so that no others reach the client.
const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
const env = { PATH, HOME, TMPDIR, SystemRoot };

/** Runs the suite with a program that executes a module and passes it arguments. */
export async function runProgram(
  program: string,
  options: readonly string[],
  folder: string,
  sandbox: SandboxSettings,
): Promise<RuntimeReport> {
  const settings: SuiteSettings = { ...sandbox, detectsRefusedConnections: true, file: csvPath(folder) };
  const args = [...options, join(folder, "console.js"), JSON.stringify(settings)];
  return JSON.parse(await run(program, args, { cwd: folder, env }));
}
