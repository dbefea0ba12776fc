import { TextDecoder } from "node:util";
import { CsvError, type Parser, parse } from "csv-parse";
import { UnreadableFileError } from "./unreadable-file-error.ts";
import { isYieldDue, yieldToEventLoop } from "./yield-to-event-loop.ts";

/** Maximum size of a row, in bytes, which bounds the memory for a row that does not end. */
const MAX_ROW_BYTES = 4 * 1024 * 1024;

/** A piece is parsed synchronously. A row of a few bytes can cost 20 µs, so a larger piece would hold the thread for too long. */
const PIECE_BYTES = 8192;

export interface Row {
  readonly cells: readonly string[];
  /** Bytes of the file up to the end of the row, its line break included. */
  readonly end: number;
}

/**
 * Parses UTF-8 text in the format of RFC 4180 into batches of rows. A line ends with `\n` or `\r\n`. Empty lines are ignored.
 *
 * @param offset position of the first byte in the file: 0, where a byte order mark is accepted, or the end of a row
 * @throws {UnreadableFileError}
 */
export async function* parseCsv(bytes: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<readonly Row[]> {
  const parser = new RowParser(offset);
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield await parser.parse(chunk.subarray(at, at + PIECE_BYTES));
      if (isYieldDue()) await yieldToEventLoop();
    }
  }
  yield await parser.parse();
}

class RowParser {
  readonly #parser: Parser;
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true });
  #rows: Row[] = [];
  /** Bytes of the file up to the end of the last row. */
  #end: number;
  #parsed: number;

  constructor(offset: number) {
    this.#end = offset;
    this.#parsed = offset;
    this.#parser = parse({
      bom: offset === 0,
      record_delimiter: ["\r\n", "\n"],
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: (cells: string[], { bytes }) => {
        this.#end = offset + bytes;
        this.#rows.push({ cells, end: this.#end });
        return null;
      },
    });
    // The callback of the write that failed reports the error.
    this.#parser.on("error", () => {}).resume();
  }

  /**
   * @param piece without it, the end of the file
   * @returns the rows that end in this piece
   */
  async parse(piece?: Uint8Array): Promise<readonly Row[]> {
    try {
      this.#utf8.decode(piece, { stream: piece !== undefined });
      await this.#write(piece);
    } catch (error) {
      throw new UnreadableFileError(`${faultOf(error)} after byte ${this.#end}`);
    }
    this.#parsed += piece?.length ?? 0;
    if (this.#parsed - this.#end > MAX_ROW_BYTES) {
      throw new UnreadableFileError(`No row ends in the ${MAX_ROW_BYTES} bytes after byte ${this.#end}`);
    }
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #write(piece?: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      if (piece) this.#parser.write(piece, done);
      else this.#parser.end(done);
    });
  }
}

/** Does not use the message of the parser, which quotes the cell. */
function faultOf(error: unknown): string {
  if (error instanceof CsvError) return `It is not valid CSV (${error.code})`;
  if (Object(error).code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "It is not in UTF-8";
  throw error;
}
