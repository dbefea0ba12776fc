#!/usr/bin/env node
import module from "node:module";
import { checkNodeVersion } from "./process/check-node-version.ts";

try {
  checkNodeVersion();
  // Keeps compiled code in the folder for temporary files, so the next start is faster.
  module.enableCompileCache();
  // Imported after the check, because an older Node.js lacks modules that it imports.
  const { runCommand } = await import("./commands/run-command.ts");
  await runCommand(process.argv.slice(2));
} catch (error) {
  console.error(`memory-server: ${error instanceof Error ? error.message : error}`);
  process.exitCode = error instanceof Error && "exitCode" in error ? Number(error.exitCode) : 1;
}
