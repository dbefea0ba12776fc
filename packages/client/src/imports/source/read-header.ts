import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import type { Pieces } from "./pieces.ts";

/** The header row must end within this many bytes. */
const MAX_BYTES = 1_048_576;

/**
 * Reads the header row of a CSV file (RFC 4180, UTF-8 with or without a byte order mark).
 *
 * @returns the column names
 * @throws {InvalidSourceError} if the file has no header row that can be read
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
      // An empty line is not a row.
      else if (/[^\r]/.test(row)) return cellsOf(row);
      else row = "";
    }
    if (done) {
      if (isQuoted) throw invalidHeader("a quote in it is not closed");
      if (/[^\r]/.test(row)) return cellsOf(row);
      throw invalidHeader("there is none");
    }
    bytes += value.byteLength;
  }
  throw invalidHeader(`it does not end within ${MAX_BYTES} bytes`);
}

function decoded(utf8: InstanceType<typeof TextDecoder>, piece: Uint8Array | undefined): string {
  try {
    return utf8.decode(piece, { stream: piece !== undefined });
  } catch {
    throw invalidHeader("it is not in UTF-8");
  }
}

function cellsOf(row: string): string[] {
  const cells = `,${row.replace(/\r$/, "")}`.matchAll(/,(?:"([^"]*(?:""[^"]*)*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain = ""]) => quoted?.replaceAll('""', '"') ?? plain);
}

/** The error does not contain the row: in a file without a header row, it is personal data. */
function invalidHeader(reason: string): InvalidSourceError {
  return new InvalidSourceError("header", `The file has no header row that can be read: ${reason}.`);
}
