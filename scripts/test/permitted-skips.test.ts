import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../turbo.ts";
import { PERMITTED_SKIPS_FILE, type PermittedSkip, skipProblems } from "./permitted-skips.ts";

const entry = { test: "Ctrl-C ", platforms: ["win32"], reason: "No signals.", command: "pnpm test, on Linux" };
const skipped = [
  { name: "Ctrl-C prints the import", reason: "no signals" },
  { name: "Ctrl-C ends a bulk upsert", reason: "no signals" },
];

describe("skipProblems", () => {
  it("permits tests whose name begins as the entry says, on its platforms", async () => {
    const folder = await listOf([entry]);
    expect(await skipProblems(skipped, folder, "win32")).toEqual({ forbidden: [], unused: [] });
    expect(await skipProblems(skipped, folder, "linux")).toEqual({ forbidden: skipped, unused: [] });
  });

  it("returns an entry whose tests all ran", async () => {
    const folder = await listOf([entry]);
    const other = { name: "a Ctrl-C that is not listed", reason: "no reason given" };
    expect(await skipProblems([other], folder, "win32")).toEqual({ forbidden: [other], unused: [entry] });
  });
});

describe("the permitted skips of this repository", () => {
  it("contain on Linux only the tests that need a cluster", async () => {
    const { forbidden, unused } = await skipProblems(skipped, root, "linux");
    expect(forbidden).toEqual(skipped);
    expect(unused.map(({ test }) => test)).toEqual(["Citus: "]);
  });
});

async function listOf(list: readonly PermittedSkip[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "skips-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, dirname(PERMITTED_SKIPS_FILE)), { recursive: true });
  await writeFile(join(folder, PERMITTED_SKIPS_FILE), JSON.stringify(list));
  return folder;
}
