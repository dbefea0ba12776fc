// `pnpm run pull-request:figures` writes what the comment on a pull request shows: the changes of the contract, and the totals of the
// last `pnpm test`. It runs the code of the pull request. scripts/github turns the figures into the comment, with code of the main branch.
import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import type { PullRequestFigures } from "./github/pull-request-figures.ts";
import { totalsLine, totalsOfLastRun } from "./test/totals.ts";
import { root } from "./turbo.ts";

const [folder = `${root}.reports`] = process.argv.slice(2);
const CONSUMERS = ["examples/node-consumer/memory-usage.json"];

const totals = await totalsOfLastRun(root);
const figures: PullRequestFigures = {
  ...contractDiff(),
  totals: totalsLine(totals),
  failed: totals.failed,
  figures: totals.coverage,
};
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/pull-request-figures.json`, JSON.stringify(figures, null, 2));

/** The exit code of `diff` says whether the changesets are sufficient, so it is also not 0 for a report that can be read. */
function contractDiff(): Pick<PullRequestFigures, "diff"> {
  const command = ["scripts/diff.ts", "--format", "json", ...CONSUMERS.flatMap((path) => ["--consumers", path])];
  const { stdout } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    return { diff: JSON.parse(stdout) };
  } catch {
    return {};
  }
}
