import * as bounds from "@memory-api/types/bounds";
import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import type { ImportSource } from "./import-source.ts";
import { isReopenable, type OpenedFile, openSource } from "./open-source.ts";
import { closePieces, type Pieces, unreadable } from "./pieces.ts";

/** Reads a source once for the header row, then once for each attempt to upload it; never twice at the same time. */
export class SourceReader {
  readonly #source: ImportSource;
  #opened: OpenedFile | undefined;
  #pieces: Pieces | undefined;
  /** Changes with each call, so that a source that opens after the next call is noticed. */
  #turn = 0;

  constructor(source: ImportSource) {
    this.#source = source;
  }

  /** Whether the source can be read again after it was uploaded. */
  get isReopenable(): boolean {
    return isReopenable(this.#source);
  }

  /**
   * Opens the source for the first time.
   *
   * @returns its size in bytes, and the name of the file if it has one
   * @throws {InvalidSourceError} if it cannot be opened, or its size is not that of an import
   */
  async open(): Promise<{ readonly size: number; readonly filename: string | undefined }> {
    const turn = ++this.#turn;
    this.#opened = this.#ifCurrent(turn, await openSource(this.#source));
    const { size, filename } = this.#opened;
    const { minimum, maximum } = bounds.FileSize;
    const isKnown = Number.isInteger(size);
    if (!isKnown || size < minimum || size > maximum) {
      throw new InvalidSourceError(
        "size",
        isKnown
          ? `The file has ${size} bytes. It must have from ${minimum} to ${maximum} bytes.`
          : "The size is unknown. Pass a path, a Blob, or a stream with its size in bytes.",
      );
    }
    return { size, filename: filename?.replace(/^.*[/\\]/s, "") };
  }

  /**
   * Starts to read from the first byte, and closes what was read before.
   *
   * @throws {InvalidSourceError} if the source cannot be opened again, or opens only after another call of `read` or `close`
   */
  async read(): Promise<{ readonly pieces: Pieces; readonly blob: Blob | undefined }> {
    void closePieces(this.#pieces);
    const turn = ++this.#turn;
    const opened = this.#opened ?? this.#ifCurrent(turn, await openSource(this.#source));
    // What a function returns is read only once.
    if (typeof this.#source === "function") this.#opened = undefined;
    this.#pieces = opened.read();
    return { pieces: this.#pieces, blob: opened.blob };
  }

  /**
   * Closes everything that is open.
   *
   * @throws {InvalidSourceError} if the source is a stream that was never opened, and cannot be opened
   */
  async close(): Promise<void> {
    this.#turn++;
    void closePieces(this.#pieces);
    // The caller has opened a stream, even if the job ends before it reads it.
    const opened = this.#opened ?? (this.isReopenable ? undefined : await openSource(this.#source));
    opened?.close?.();
  }

  #ifCurrent(turn: number, opened: OpenedFile): OpenedFile {
    if (turn === this.#turn) return opened;
    opened.close?.();
    throw unreadable("The source opened too late: the attempt that reads it has ended.");
  }
}
