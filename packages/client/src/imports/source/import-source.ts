import type { ByteStream } from "./pieces.ts";

/**
 * The source of an import: a file, or a function that opens one.
 *
 * The client reads a source once for the header row, then once for each attempt to upload it. It opens a path or a `Blob` each time, and
 * calls a function each time; the function must return a file that was not read before. A stream can be read only once, so its upload is
 * not repeated.
 */
export type ImportSource = ImportFile | (() => ImportFile | Promise<ImportFile>);

/** A CSV file: its path, if the runtime has a file system; a `Blob` or `File`; or a stream with its size. */
export type ImportFile = string | Blob | SizedStream;

/** A stream whose length is known. The client closes it when the job ends, also if it did not read it. */
export interface SizedStream {
  /** The bytes of the file, for example a `ReadableStream` or a Node.js `Readable`. */
  readonly stream: ByteStream;
  /** The number of bytes that the stream yields. */
  readonly size: number;
}
