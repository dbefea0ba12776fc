import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { InputError } from "./input-error.ts";

/** Bytes to read. */
export interface Input {
  readonly stream: Readable;
  /** How many there are; `undefined` where that shows only at the end. */
  readonly size: number | undefined;
}

/**
 * Opens a file, or standard input for `-`.
 *
 * @param signal ends the reading, which else could wait for ever
 * @throws {InputError} if it cannot be read
 */
export async function openInput(path: string, signal: AbortSignal): Promise<Input> {
  if (path === "-") return { stream: addAbortSignal(signal, process.stdin), size: undefined };
  try {
    const file = await open(path);
    const stats = await file.stat();
    // A pipe has a path, too, and no size.
    const size = stats.isFile() ? stats.size : undefined;
    return { stream: file.createReadStream({ signal }), size };
  } catch (error) {
    throw new InputError(`${path} cannot be read (${Object(error).code}).`);
  }
}
