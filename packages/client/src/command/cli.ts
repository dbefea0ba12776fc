#!/usr/bin/env node
import { errorDocument, exitCodeOf, explainError } from "./errors.ts";
import { exitOnOutputError, interruptSignal } from "./io/process-events.ts";
import { runCommand } from "./run-command.ts";

const given = process.argv.slice(2);
const signal = interruptSignal();
exitOnOutputError();
try {
  process.exitCode = await runCommand(given, signal);
} catch (error) {
  console.error(given.includes("--json") ? JSON.stringify(errorDocument(error)) : `memory: ${explainError(error)}`);
  process.exitCode = exitCodeOf(error);
  // Output that nobody reads would keep an interrupted process alive.
  if (signal.aborted) process.exit();
}
