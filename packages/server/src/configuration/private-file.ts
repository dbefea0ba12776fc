import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Reads a file that only this user may read; makes it, and its folder, if it is not there. */
export async function readOrCreate(file: string, make: () => string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (Object(error).code !== "ENOENT") throw error;
  }
  const text = `${make()}\n`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writePrivateFile(file, text);
  return text;
}

/** Writes a file that only this user may read. Whoever reads it finds all of it, or what was there before. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text, { mode: 0o600, flag: "wx", flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
