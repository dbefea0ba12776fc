// `pnpm test` runs all checks and tests, and prints the totals as its last line. With --complete or with CI set, it also
// fails if a test is skipped.
import { readdir, readFile, rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { stopWithLaunchers } from "./launchers.ts";
import { findCanaries } from "./test/find-canaries.ts";
import { findChromium } from "./test/find-chromium.ts";
import { longestTasks, type RunSummary, type Totals, totalsLine, totalsOf } from "./test/totals.ts";
import { root, turbo } from "./turbo.ts";

const TASKS = [
  "lint",
  "typecheck",
  "check",
  "test",
  "//#lint:repo",
  "//#lint:tree",
  "//#typecheck:repo",
  "//#diff:repo",
  "//#test:repo",
];
const summaries = `${root}.turbo/runs`;

const { values } = parseArgs({ options: { complete: { type: "boolean", default: false } } });
const isComplete = values.complete || Boolean(process.env["CI"]);

stopWithLaunchers();
await rm(summaries, { recursive: true, force: true });
const exitCode = await turbo(
  [
    ...TASKS,
    "--continue=dependencies-successful",
    "--concurrency=100%",
    "--summarize",
    "--output-logs=new-only",
    "--log-order=grouped",
  ],
  { environment: { CHROMIUM: findChromium(), ...(isComplete && { CI: "true" }) } },
);

const totals = await totalsOfRun();
for (const file of await findCanaries(root)) totals.failed.push(`${file} contains a secret of the tests`);
if (exitCode !== 0 && totals.failed.length === 0) totals.failed.push(`turbo exited with code ${exitCode}`);
if (totals.failed.length > 0) {
  console.log("To run a failed task alone: npx -y pnpm@12 exec turbo run <task> --filter=@memory-api/<package>");
}
for (const coverage of totals.coverage) console.log(`Coverage: ${coverage}`);
for (const name of totals.failed) console.log(`Failed: ${name}`);
for (const { name, reason } of totals.skipped) console.log(`Skipped: ${name} (${reason})`);
const hasForbiddenSkips = isComplete && totals.skipped.length > 0;
if (hasForbiddenSkips) console.log("A complete run must not skip any tests.");
console.log(totalsLine(totals));
process.exitCode = totals.failed.length > 0 || hasForbiddenSkips ? 1 : 0;

async function totalsOfRun(): Promise<Totals> {
  const [file] = await readdir(summaries).catch(() => []);
  if (file === undefined)
    return { passed: 0, failed: ["turbo wrote no summary of its run"], skipped: [], coverage: [] };
  const summary: RunSummary = JSON.parse(await readFile(`${summaries}/${file}`, "utf8"));
  for (const task of longestTasks(summary)) console.log(`Time: ${task}`);
  return totalsOf(summary, root);
}
