import { parseCsv } from "./parse-csv.ts";
import { UnreadableFileError } from "./unreadable-file-error.ts";

const MAX_ROWS = 1_000_000;
const MAX_COLUMNS = 100;

const BATCH_ROWS = 500;
const BATCH_BYTES = 4 * 1024 * 1024;

export interface Header {
  readonly names: readonly string[];
  /** Bytes of the file up to the end of the header row. */
  readonly offset: number;
}

export interface RowBatch {
  readonly rows: readonly (readonly string[])[];
  /** Bytes of the file up to the end of the last of these rows. */
  readonly offset: number;
}

/**
 * @param file the bytes of the file, from the first one
 * @throws {UnreadableFileError}
 */
export async function readHeader(file: AsyncIterable<Uint8Array>): Promise<Header> {
  for await (const [first] of parseCsv(file, 0)) {
    if (first === undefined) continue;
    if (first.cells.length > MAX_COLUMNS) throw new UnreadableFileError(`It has more than ${MAX_COLUMNS} columns`);
    return { names: first.cells, offset: first.end };
  }
  throw new UnreadableFileError("It has no header row");
}

/**
 * Batches of rows, each small enough for one transaction. Reading from the end of any batch yields the same following batches.
 *
 * @param file the bytes after `from`
 * @param from the end of a row: bytes of the file up to there, and rows without the header
 * @throws {UnreadableFileError}
 */
export async function* readBatches(
  file: AsyncIterable<Uint8Array>,
  from: { readonly offset: number; readonly rows: number },
): AsyncGenerator<RowBatch> {
  let { offset, rows: count } = from;
  let begin = offset;
  let rows: (readonly string[])[] = [];
  for await (const parsed of parseCsv(file, from.offset)) {
    for (const { cells, end } of parsed) {
      if (++count > MAX_ROWS) throw new UnreadableFileError(`It has more than ${MAX_ROWS} rows`);
      rows.push(cells);
      offset = end;
      if (rows.length < BATCH_ROWS && offset - begin < BATCH_BYTES) continue;
      yield { rows, offset };
      begin = offset;
      rows = [];
    }
  }
  if (rows.length > 0) yield { rows, offset };
}
