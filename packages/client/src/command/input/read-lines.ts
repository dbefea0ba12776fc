import { InputError } from "./input-error.ts";

/** The longest line, in bytes: the body of a whole request may have no more. */
const LONGEST = 16 * 1024 * 1024;
const NEWLINE = 0x0a;

/**
 * The lines of a text in UTF-8, without their ends, whatever a chunk holds of them. A byte order mark is no part of the first one.
 *
 * @throws {InputError} for a line that is too long, or not in UTF-8
 */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let number = 1;
  let parts: Uint8Array[] = [];
  let length = 0;

  const add = (part: Uint8Array) => {
    length += part.length;
    if (length > LONGEST) throw new InputError(`Line ${number} has more than ${LONGEST} bytes.`);
    parts.push(part);
  };
  const line = () => {
    const bytes = Buffer.concat(parts);
    parts = [];
    length = 0;
    try {
      return utf8.decode(bytes);
    } catch {
      throw new InputError(`Line ${number} is not in UTF-8.`);
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
