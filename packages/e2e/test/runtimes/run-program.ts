import { join } from "node:path";
import { run } from "../consumer/run.ts";
import { csvPath } from "./installed-suite.ts";
import type { RuntimeReport } from "./runtime.ts";
import type { SandboxSettings, SuiteSettings } from "./suite/check.ts";

/** Of the environment only what a program needs to start: none of it is to reach the client. */
const { PATH, HOME, TMPDIR, SystemRoot } = process.env;
const env = { PATH, HOME, TMPDIR, SystemRoot };

/** Runs the suite by a program that takes a module and its arguments, until it ends by itself. */
export async function runProgram(
  program: string,
  options: readonly string[],
  folder: string,
  sandbox: SandboxSettings,
): Promise<RuntimeReport> {
  const settings: SuiteSettings = { ...sandbox, tellsRefusals: true, file: csvPath(folder) };
  const given = [...options, join(folder, "console.js"), JSON.stringify(settings)];
  return JSON.parse(await run(program, given, { cwd: folder, env }));
}
