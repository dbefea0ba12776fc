#!/usr/bin/env node
import { boundHeap } from "./command/bound-heap.ts";
import { CommandError } from "./command/command-error.ts";
import { runCommand } from "./command/run-command.ts";

// A reader such as `head` can close the output early.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});
boundHeap();
try {
  process.exitCode = await runCommand(process.argv.slice(2));
} catch (error) {
  // The stack of an error that is not expected helps to report it.
  const text = error instanceof CommandError ? error.message : error instanceof Error ? error.stack : String(error);
  console.error(`memory-conformance: ${text}`);
  process.exitCode = 2;
}
