import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Mistake } from "./configuration-error.ts";

/** JSON pointer of the setting, and the base of relative paths. */
interface SecretFilePlace {
  readonly path: string;
  readonly folder: string;
}

/**
 * Reads a file that contains a secret. A line break at its end is ignored.
 *
 * @param mistakes the mistake is added to this list if the file cannot be read or is empty
 * @returns no bytes if the file cannot be read
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

/** Returns the bytes without a line break at their end. */
export function withoutLineBreak(bytes: Buffer): Buffer {
  let end = bytes.length;
  if (bytes[end - 1] === 0x0a) end -= 1;
  if (end < bytes.length && bytes[end - 1] === 0x0d) end -= 1;
  return bytes.subarray(0, end);
}
