import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Reads a file that only this user can read. Creates it, and its folder, if it does not exist. If several processes create it at the
 * same time, all of them read what the first one wrote.
 */
export async function readOrCreate(file: string, generate: () => string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (Object(error).code !== "ENOENT") throw error;
  }
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await placeDraft(file, `${generate()}\n`, async (draft) => {
    // Unlike a rename, a link does not replace a file that was created meanwhile.
    await link(draft, file).catch((error) => {
      if (error.code !== "EEXIST") throw error;
    });
  });
  return readFile(file, "utf8");
}

/** Writes a file that only this user can read. Readers see either the previous or the complete new content. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  await placeDraft(file, text, (draft) => rename(draft, file));
}

async function placeDraft(file: string, text: string, place: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: "wx", flush: true });
    await place(draft);
  } finally {
    await rm(draft, { force: true });
  }
}
