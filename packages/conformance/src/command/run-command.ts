import { accessSync, appendFileSync, constants, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Listener } from "../events.ts";
import { ExpectedFailuresError, readExpectedFailures } from "../findings/expected-failures.ts";
import { createRedactor } from "../findings/redact.ts";
import { UnreachableError } from "../http/http-connection.ts";
import { packageVersion } from "../package-version.ts";
import { documentReporter, githubReporter, isDocumentReporter } from "../reporters/reporters.ts";
import { terminalReporter } from "../reporters/terminal.ts";
import type { Report } from "../run/report.ts";
import { runConformance } from "../run/run-conformance.ts";
import { verdictOf } from "../run/verdict.ts";
import type { Target } from "../target.ts";
import { checkAccess } from "./check-access.ts";
import { CommandError } from "./command-error.ts";
import { explain } from "./explain.ts";
import { HELP } from "./help.ts";
import { parseCommandLine, type TestCommand } from "./parse-command-line.ts";
import { numberTraitOf, readTraits } from "./read-traits.ts";

/**
 * Runs a command line.
 *
 * @returns the exit code
 * @throws {CommandError} if nothing could be tested
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  const command = parseCommandLine(args, process.env);
  if (command.command === "test") return test(command);
  if (command.command === "help") console.log(HELP);
  else if (command.command === "version") console.log(packageVersion());
  else console.log(explain(command.code));
  return 0;
}

async function test(command: TestCommand): Promise<number> {
  const { reporters, expectedFailuresFile, traitsFile, ...options } = command;
  for (const { file } of reporters) if (file !== undefined) prepare(file);
  const { text } = createRedactor(options.target);
  try {
    const target = await withTraits(options.target, traitsFile);
    const expectedFailures = expectedFailuresFile === undefined ? [] : await readExpectedFailures(expectedFailuresFile);
    await checkAccess(target);
    let report: Report | undefined;
    const listeners: Listener[] = [
      ...reporters.map((each) => listenerOf(each, reporters)),
      (event) => {
        if (event.type === "ended") report = event.report;
      },
    ];
    try {
      const signal = stopSignal();
      report = await runConformance({ ...options, target, expectedFailures, listeners, signal });
    } catch (error) {
      // The reporters have named it as a problem.
      if (!(error instanceof UnreachableError) || report === undefined) throw error;
    }
    return verdictOf(report).exitCode;
  } catch (error) {
    if (error instanceof ExpectedFailuresError) throw new CommandError(error.message);
    if (error instanceof Error) {
      error.message = text(error.message);
      if (error.stack !== undefined) error.stack = text(error.stack);
    }
    throw error;
  }
}

async function withTraits(target: Target, traitsFile: string | undefined): Promise<Target> {
  if (traitsFile === undefined) return target;
  const declaredTraits = await readTraits(traitsFile);
  const numberTrait = numberTraitOf(declaredTraits);
  return { ...target, declaredTraits, ...(numberTrait !== undefined && { numberTrait }) };
}

/** Aborted by Ctrl-C, so that the reports are written. A second Ctrl-C ends the process. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

/** @throws {CommandError} if the file cannot be written, which is better known before a long run */
function prepare(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    accessSync(dirname(file), constants.W_OK);
  } catch (error) {
    throw new CommandError(`${file} cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}

function listenerOf({ name, file }: TestCommand["reporters"][number], all: TestCommand["reporters"]): Listener {
  const hasDocument = all.some((each) => isDocumentReporter(each.name) && each.file === undefined);
  // A document on standard output must not be mixed with anything else.
  const stream = hasDocument && !isDocumentReporter(name) ? process.stderr : process.stdout;
  const write = (text: string) => {
    if (file === undefined) stream.write(text);
    else if (isDocumentReporter(name)) writeFileSync(file, text);
    else appendFileSync(file, text);
  };
  if (isDocumentReporter(name)) return documentReporter(name, write);
  if (name === "github") {
    const summary = process.env["GITHUB_STEP_SUMMARY"];
    return githubReporter(write, summary ? (text) => appendFileSync(summary, text) : undefined);
  }
  if (file !== undefined) writeFileSync(file, "");
  const isTerminal = file === undefined && stream.isTTY === true;
  return terminalReporter({ write, isTerminal, hasColors: isTerminal && !process.env["NO_COLOR"] });
}
