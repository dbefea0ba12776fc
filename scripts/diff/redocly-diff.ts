import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { telemetryOptOut } from "../turbo.ts";
import type { ReportedChange } from "./rating/reported-change.ts";

const entry = createRequire(import.meta.url).resolve("@redocly/cli/lib/index.js");
const host = fileURLToPath(new URL("redocly-host.ts", import.meta.url));
const config = fileURLToPath(new URL("redocly.yaml", import.meta.url));

/**
 * Compares pairs of OpenAPI documents with `redocly diff`.
 *
 * @returns the changes of each pair, in the order of the pairs
 * @throws {Error} if a document is invalid, or if the format of the report is not supported
 */
export async function redoclyDiff(
  pairs: readonly (readonly [before: unknown, after: unknown])[],
): Promise<ReportedChange[][]> {
  const folder = await mkdtemp(join(tmpdir(), "redocly-diff-"));
  try {
    const runs = await Promise.all(
      pairs.map(async (pair, index) => {
        const [before, after, report] = ["before", "after", "report"].map((name) =>
          join(folder, `${index}-${name}.json`),
        ) as [string, string, string];
        await writeFile(before, JSON.stringify(pair[0]));
        await writeFile(after, JSON.stringify(pair[1]));
        return {
          report,
          options: [
            before,
            after,
            "--format=json",
            `--output=${report}`,
            "--fail-on=none",
            `--config=${config}`,
            "--lint-config=off",
          ],
        };
      }),
    );
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

function changesIn(json: string): ReportedChange[] {
  const { changes, reportVersion }: { reportVersion: string; changes: ReportedChange[] } = JSON.parse(json);
  if (reportVersion === "1") return changes;
  throw new Error(
    `Version ${reportVersion} of the report of redocly diff is not supported. Expected version 1. Pin the version of @redocly/cli in pnpm-workspace.yaml that writes it.`,
  );
}
