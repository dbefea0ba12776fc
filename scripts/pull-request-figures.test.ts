import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { diffRepository } from "./diff/diff-repository.ts";
import { neededBump } from "./diff/report/diff-report.ts";
import { parseFigures } from "./github/pull-request-figures.ts";
import { runScript } from "./github/run-script.ts";
import { root } from "./turbo.ts";

describe("the figures of a pull request", () => {
  it("contain the changes that `run diff` reports, as the comment reads them", async () => {
    const folder = await mkdtemp(join(tmpdir(), "figures-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [report] = await Promise.all([
      diffRepository(root),
      runScript(join(root, "scripts/pull-request-figures.ts"), [folder]),
    ]);
    const { diff, totals } = parseFigures(await readFile(join(folder, "pull-request-figures.json"), "utf8"));
    expect(diff?.needed).toBe(neededBump(report));
    expect(diff?.changes.map(({ bump, pointer, why }) => ({ bump, pointer, why }))).toEqual(
      report.lines.map(({ bump, pointer, why }) => ({ bump, pointer, why })),
    );
    expect(totals).toMatch(/^\d+ passed, \d+ failed/);
  }, 300_000);
});
