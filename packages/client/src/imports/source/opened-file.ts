import type { Pieces } from "./pieces.ts";

/** A file that is there. */
export interface OpenedFile {
  /** Bytes. */
  readonly size: number;
  /** What the file is called, if it says so. */
  readonly filename?: string | undefined;
  /** The file itself, where a transport can take it as it is. */
  readonly blob?: Blob;
  /** Begins to read it, from its first byte on. */
  read(): Pieces;
  /** Lets go of what is open already, whether or not it was read. */
  close?(): void;
}
