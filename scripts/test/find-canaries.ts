import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";

/** All secrets in the tests have this format. Code that prints one would also print a real secret. */
const CANARY = /canary-[0-9a-f]{8}-[0-9a-f]{4}/;

/** Logs and reports of a run. */
const OUTPUT = "{.,spec,packages/*,examples/*}/{.turbo/turbo-*.log,.turbo/runs/*.json,.reports/*.json}";

/**
 * Searches the logs and reports of a run for secrets of the tests.
 *
 * @param root path of the repository
 * @returns the files that contain one, relative to the root
 */
export async function findCanaries(root: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob(OUTPUT, { cwd: root })) {
    if (CANARY.test(await readFile(join(root, file), "utf8"))) found.push(file);
  }
  return found.sort();
}
