#!/usr/bin/env node
import { createRequire } from "node:module";

const { engines }: { engines: { node: string } } = createRequire(import.meta.url)("../package.json");
const needed = engines.node.replace(">=", "");
if (process.versions.node.localeCompare(needed, "en", { numeric: true }) < 0) {
  console.error(`memory-server needs Node.js ${needed} or later; this is ${process.versions.node}.`);
  process.exit(1);
}

try {
  // Loaded only now: an older Node.js would stumble over what it lacks.
  const { runCommand } = await import("./commands/run-command.ts");
  await runCommand(process.argv.slice(2));
} catch (error) {
  console.error(`memory-server: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
