import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { telemetryOptOut } from "../turbo.ts";
import type { ReportedChange } from "./rating/reported-change.ts";

const require = createRequire(import.meta.url);
const entry = require.resolve("@redocly/cli/lib/index.js");
const host = fileURLToPath(new URL("redocly-host.ts", import.meta.url));
const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));

type Pair = readonly [before: unknown, after: unknown];

/**
 * Compares pairs of OpenAPI documents with `redocly diff`. Many pairs share a few processes.
 *
 * @returns the changes of each pair, in the order of the pairs
 * @throws {Error} if a document is invalid, or if the format of the report is not supported
 */
export async function redoclyDiff(pairs: readonly Pair[]): Promise<ReportedChange[][]> {
  const processes = Math.min(availableParallelism(), Math.ceil(pairs.length / 50));
  const size = Math.ceil(pairs.length / processes);
  const parts = Array.from({ length: processes }, (_, index) => pairs.slice(index * size, (index + 1) * size));
  return (await Promise.all(parts.map(compareInOneProcess))).flat();
}

async function compareInOneProcess(pairs: readonly Pair[]): Promise<ReportedChange[][]> {
  const folder = await mkdtemp(join(tmpdir(), "redocly-diff-"));
  try {
    const runs = await Promise.all(pairs.map((pair, index) => writePair(join(folder, String(index)), pair)));
    const commands = join(folder, "runs.json");
    await writeFile(commands, JSON.stringify(runs.map(({ options }) => options)));
    await promisify(execFile)(process.execPath, [host, entry, commands], {
      env: { ...process.env, ...telemetryOptOut },
      maxBuffer: 64 * 2 ** 20,
    });
    return await Promise.all(runs.map(async ({ report }) => changesIn(await readFile(report, "utf8"))));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writePair(path: string, pair: Pair): Promise<{ options: string[]; report: string }> {
  const [before, after, report] = [`${path}-before.json`, `${path}-after.json`, `${path}-report.json`];
  await writeFile(before, JSON.stringify(pair[0]));
  await writeFile(after, JSON.stringify(pair[1]));
  const output = ["--format=json", `--output=${report}`, "--fail-on=none"];
  return { report, options: [before, after, ...output, `--config=${config}`, "--lint-config=off"] };
}

function changesIn(json: string): ReportedChange[] {
  const { changes, reportVersion }: { reportVersion: string; changes: ReportedChange[] } = JSON.parse(json);
  if (reportVersion === "1") return changes;
  throw new Error(
    `Version ${reportVersion} of the report of redocly diff is not supported. Expected version 1. Pin the @redocly/cli that writes it in pnpm-workspace.yaml.`,
  );
}
