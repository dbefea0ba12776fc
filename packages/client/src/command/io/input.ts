import { open } from "node:fs/promises";
import { addAbortSignal, type Readable } from "node:stream";
import { InputError } from "../errors.ts";

/** The bytes of a file or of standard input. */
export interface Input {
  readonly stream: Readable;
  /** Size in bytes; `undefined` for a pipe. */
  readonly size: number | undefined;
}

/** The longest line, in bytes. It is the size limit of a whole bulk request. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * Opens a file, or standard input for `-`.
 *
 * @param signal ends the reading, which could otherwise wait indefinitely
 * @throws {InputError} if the file cannot be opened
 */
export async function openInput(path: string, signal: AbortSignal): Promise<Input> {
  if (path === "-") return { stream: addAbortSignal(signal, process.stdin), size: undefined };
  try {
    const file = await open(path);
    const stats = await file.stat();
    // A named pipe has a path, but no size.
    const size = stats.isFile() ? stats.size : undefined;
    return { stream: file.createReadStream({ signal }), size };
  } catch (error) {
    throw new InputError(`${path} cannot be read (${Object(error).code}).`);
  }
}

/**
 * Yields the lines of a UTF-8 text without their line feeds. A byte order mark at the beginning is dropped.
 *
 * @throws {InputError} for a line that is too long or not valid UTF-8
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let number = 1;
  let pieces: Uint8Array[] = [];
  let length = 0;

  const add = (piece: Uint8Array) => {
    length += piece.length;
    if (length > MAX_LINE_BYTES) throw new InputError(`Line ${number} is longer than ${MAX_LINE_BYTES} bytes.`);
    pieces.push(piece);
  };
  const line = () => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    length = 0;
    try {
      return utf8.decode(bytes);
    } catch {
      throw new InputError(`Line ${number} is not valid UTF-8.`);
    }
  };

  for await (const chunk of chunks) {
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, to));
      yield line();
      number++;
      from = to + 1;
    }
    add(chunk.subarray(from));
  }
  if (length > 0) yield line();
}

/** Parses JSON; returns `undefined` if it is not valid. The error of `JSON.parse` would quote the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON object: not an array, not `null`. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
