import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Totals } from "./totals.ts";

/** An entry of permitted-skips.json: a test, or several whose names begin alike, that a complete run may skip. */
export interface PermittedSkip {
  /** The name of the test, or its beginning. */
  test: string;
  platforms: string[];
  reason: string;
  /** The command that runs the test where it can run. */
  command: string;
}

/** How the skipped tests of a complete run differ from the list. */
export interface SkipProblems {
  forbidden: Totals["skipped"];
  /** Entries for this platform that no skipped test needs. */
  unused: PermittedSkip[];
}

/** The only tests that a complete run may skip. */
export const PERMITTED_SKIPS_FILE = "scripts/test/permitted-skips.json";

/** Compares the skipped tests of a complete run with permitted-skips.json. */
export async function skipProblems(
  skipped: Totals["skipped"],
  root: string,
  platform: string = process.platform,
): Promise<SkipProblems> {
  const list: PermittedSkip[] = JSON.parse(await readFile(join(root, PERMITTED_SKIPS_FILE), "utf8"));
  const permitted = list.filter(({ platforms }) => platforms.includes(platform));
  return {
    forbidden: skipped.filter(({ name }) => !permitted.some(({ test }) => name.startsWith(test))),
    unused: permitted.filter(({ test }) => !skipped.some(({ name }) => name.startsWith(test))),
  };
}
