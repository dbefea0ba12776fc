import type { ByteStream } from "./pieces.ts";

/** A stream whose length is known. */
export interface SizedStream {
  /** The bytes of the file, such as a `ReadableStream`, or a `Readable` of Node.js. */
  readonly stream: ByteStream;
  /** How many there are. */
  readonly size: number;
}

/** A CSV file: its path, where the runtime has files; a `Blob` or `File`; or a stream with its size in bytes. */
export type ImportFile = string | Blob | SizedStream;

/**
 * Where the file of an import comes from. A stream can be read once, so its upload is not tried again; a function that opens it anew
 * is called once for the header row, and once for each attempt.
 */
export type ImportSource = ImportFile | (() => ImportFile | Promise<ImportFile>);
