import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import type { Pieces } from "./pieces.ts";

/** How far the end of the header row is looked for, in bytes. */
const MAX_BYTES = 1024 * 1024;

/**
 * The names in the header row of a CSV file after RFC 4180, in UTF-8 with or without a byte order mark.
 *
 * @throws {InvalidSourceError} if it has no such row
 */
export async function readHeader(pieces: Pieces): Promise<readonly string[]> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let row = "";
  let isQuoted = false;
  for (let bytes = 0; bytes < MAX_BYTES; ) {
    const { done, value } = await pieces.next();
    const piece = done ? undefined : value.subarray(0, MAX_BYTES);
    for (const char of decoded(utf8, piece)) {
      if (char === '"') isQuoted = !isQuoted;
      if (char !== "\n" || isQuoted) row += char;
      // A line with nothing in it is no row.
      else if (/[^\r]/.test(row)) return cellsOf(row);
      else row = "";
    }
    if (done) {
      if (isQuoted) throw wrong("a quote in it is not closed");
      if (/[^\r]/.test(row)) return cellsOf(row);
      throw wrong("there is none");
    }
    bytes += value.byteLength;
  }
  throw wrong(`it does not end within ${MAX_BYTES} bytes`);
}

function decoded(utf8: InstanceType<typeof TextDecoder>, piece: Uint8Array | undefined): string {
  try {
    return utf8.decode(piece, { stream: piece !== undefined });
  } catch {
    throw wrong("it is not in UTF-8");
  }
}

function cellsOf(row: string): string[] {
  const cells = `,${row.replace(/\r$/, "")}`.matchAll(/,(?:"([^"]*(?:""[^"]*)*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain);
}

/** Says nothing of what the row holds: where there is no header, it may be that of a customer. */
function wrong(reason: string): InvalidSourceError {
  return new InvalidSourceError("header", `The file has no header row that can be read: ${reason}.`);
}
