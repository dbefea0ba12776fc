import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the files of a test run share the packages that one of them has packed. */
    folderOfTarballs: string;
  }
}

/** Creates a folder for a test run, and removes it at the end. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "memory-api-tarballs-")));
  provide("folderOfTarballs", folder);
  return () => rm(folder, { recursive: true, force: true });
}
