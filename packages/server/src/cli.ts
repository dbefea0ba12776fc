#!/usr/bin/env node
import { runCommand } from "./commands/run-command.ts";

try {
  await runCommand(process.argv.slice(2));
} catch (error) {
  console.error(`memory-server: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
