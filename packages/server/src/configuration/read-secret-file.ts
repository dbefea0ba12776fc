import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Mistake } from "./configuration-error.ts";

/** What a mistake calls the file, and where relative paths start from. */
interface SecretFilePlace {
  readonly path: string;
  readonly folder: string;
}

/**
 * Reads a file that holds a secret. A line break at its end does not count.
 *
 * @param mistakes is added to
 * @returns no bytes if it cannot be read
 */
export async function readSecretFile(
  file: string,
  { path, folder }: SecretFilePlace,
  mistakes: Mistake[],
): Promise<Buffer> {
  const location = resolve(folder, file);
  try {
    const secret = withoutLineBreak(await readFile(location));
    if (secret.length === 0) mistakes.push({ path, reason: `the file ${location} is empty` });
    return secret;
  } catch (error) {
    mistakes.push({ path, reason: `the file ${location} cannot be read (${Object(error).code})` });
    return Buffer.alloc(0);
  }
}

function withoutLineBreak(bytes: Buffer): Buffer {
  let end = bytes.length;
  if (bytes[end - 1] === 0x0a) end -= 1;
  if (end < bytes.length && bytes[end - 1] === 0x0d) end -= 1;
  return bytes.subarray(0, end);
}
