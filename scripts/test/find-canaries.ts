import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";

/** How the tests spell a secret: whatever prints one, prints what it should keep to itself. */
const CANARY = /canary-[0-9a-f]{8}-[0-9a-f]{4}/;

/** What a run leaves behind of what its tasks printed and reported. */
const OUTPUT = "{.,spec,packages/*,examples/*}/{.turbo/turbo-*.log,.turbo/runs/*.json,.reports/*.json}";

/**
 * Looks for secrets of the tests in all that a run printed and reported.
 *
 * @param root folder of the repo
 * @returns the files that hold one, from the root on
 */
export async function findCanaries(root: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(OUTPUT, { cwd: root })) {
    if (CANARY.test(await readFile(join(root, file), "utf8"))) found.push(file);
  }
  return found.sort();
}
