#!/usr/bin/env node
import { interruptSignal } from "./interrupt-signal.ts";
import { endWithReaders } from "./output/end-with-readers.ts";
import { errorDocument } from "./output/error-document.ts";
import { exitCodeOf } from "./output/exit-code.ts";
import { explainError } from "./output/explain-error.ts";
import { runCommand } from "./run-command.ts";

const given = process.argv.slice(2);
const signal = interruptSignal();
endWithReaders();
try {
  process.exitCode = await runCommand(given, signal);
} catch (error) {
  console.error(given.includes("--json") ? JSON.stringify(errorDocument(error)) : `memory: ${explainError(error)}`);
  process.exitCode = exitCodeOf(error);
  // What was printed, and nobody reads, would keep a process that was told to end.
  if (signal.aborted) process.exit();
}
