// `pnpm bench` measures the kit against the server of this project, and prints the table of BENCH.md.

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Target } from "../src/target.ts";
import { startServer } from "../test/support/start-server.ts";
import { atLeast, atMost, type Figure } from "./figure.ts";
import type { Measured } from "./measure.ts";

const execute = promisify(execFile);

/** Runs the kit in a process of its own, so that the memory is that of the kit alone. */
async function measure(kind: "quick" | "fetches", target: Target): Promise<Measured> {
  const script = fileURLToPath(new URL("measure.ts", import.meta.url));
  const { stdout } = await execute(process.execPath, [script, kind, JSON.stringify(target)]);
  return JSON.parse(stdout);
}

const server = await startServer();
try {
  const quick = await measure("quick", server.target);
  const fetches = await measure("fetches", server.target);
  const figures: readonly Figure[] = [
    atMost("The profile `quick`", quick.ms / 1000, 60, "s"),
    atMost("Its peak resident memory", quick.peakMib, 250, "MiB"),
    atLeast("Checked requests, 32 at once", fetches.requests / (fetches.ms / 1000), 1500, "/s"),
  ];
  console.log(
    "\n## The kit against the server of this project, SQLite\n\n| What | Measured | Budget |\n| --- | ---: | ---: |",
  );
  for (const { what, measured, budget } of figures) console.log(`| ${what} | ${measured} | ${budget} |`);
  console.log(
    `\nThe profile \`quick\` sent ${quick.requests.toLocaleString("en")} requests and had ${quick.findings} findings.`,
  );
  if (figures.some(({ isWithin }) => !isWithin)) process.exitCode = 1;
} finally {
  await server.stop();
}
