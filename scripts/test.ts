// `pnpm test` runs all checks and tests, and prints the totals as its last line. With --complete or with CI set, it also
// fails if a test is skipped that scripts/test/permitted-skips.json does not list. With --desktop, it only runs the tests that
// must pass on every operating system.
import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { stopWithLaunchers } from "./launchers.ts";
import { findCanaries } from "./test/find-canaries.ts";
import { findChromium } from "./test/find-chromium.ts";
import { PERMITTED_SKIPS_FILE, skipProblems } from "./test/permitted-skips.ts";
import { longestTasks, summaryOfLastRun, totalsLine, totalsOfLastRun } from "./test/totals.ts";
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

const { values } = parseArgs({
  options: { complete: { type: "boolean", default: false }, desktop: { type: "boolean", default: false } },
});
const isComplete = values.complete || Boolean(process.env["CI"]);

stopWithLaunchers();
await rm(`${root}.turbo/runs`, { recursive: true, force: true });
const exitCode = await turbo(
  [
    ...(values.desktop ? ["test:desktop"] : TASKS),
    "--continue=dependencies-successful",
    // One task more than there are cores, because many tests wait.
    `--concurrency=${availableParallelism() + 1}`,
    "--summarize",
    "--output-logs=new-only",
    "--log-order=grouped",
  ],
  {
    environment: {
      CHROMIUM: findChromium(),
      // The tests start many processes, which Node.js need not compile the same code for.
      NODE_COMPILE_CACHE: `${root}node_modules/.cache/node`,
      ...(isComplete && { CI: "true" }),
    },
  },
);

const totals = await totalsOfLastRun(root);
for (const file of await findCanaries(root)) totals.failed.push(`${file} contains a secret of the tests`);
if (exitCode !== 0 && totals.failed.length === 0) totals.failed.push(`turbo exited with code ${exitCode}`);
if (totals.failed.length > 0) {
  console.log("To run a failed task alone: npx -y pnpm@12 exec turbo run <task> --filter=@memory-api/<package>");
}
for (const task of longestTasks(await summaryOfLastRun(root))) console.log(`Time: ${task}`);
for (const coverage of totals.coverage) console.log(`Coverage: ${coverage}`);
for (const name of totals.failed) console.log(`Failed: ${name}`);
for (const reason of new Set(totals.skipped.map((test) => test.reason))) {
  const [first, ...others] = totals.skipped.filter((test) => test.reason === reason);
  console.log(`Skipped: ${first?.name}${others.length > 0 ? `, and ${others.length} more` : ""} (${reason})`);
}
const { forbidden, unused } = isComplete ? await skipProblems(totals.skipped, root) : { forbidden: [], unused: [] };
if (forbidden.length > 0) {
  console.log(`A complete run must not skip tests that ${PERMITTED_SKIPS_FILE} does not list: ${forbidden.length}.`);
}
// A failed task may not have reported its skipped tests.
const outdated = totals.failed.length === 0 ? unused : [];
for (const { test } of outdated) console.log(`Remove "${test}" from ${PERMITTED_SKIPS_FILE}: it is not skipped.`);
console.log(totalsLine(totals));
process.exitCode = totals.failed.length + forbidden.length + outdated.length > 0 ? 1 : 0;
