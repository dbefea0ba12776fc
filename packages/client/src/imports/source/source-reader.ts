import * as bounds from "@memory-api/types/bounds";
import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import type { ImportSource, SizedStream } from "./import-source.ts";
import { type OpenedFile, openFile, openOnce } from "./open-source.ts";
import { closePieces, type Pieces } from "./pieces.ts";

const { minimum, maximum } = bounds.FileSize;

/** Reads a source once for the header row, then once for each attempt to send it; never twice at the same time. */
export class SourceReader {
  /** Bytes. */
  readonly size: number;
  /** What the file is called, if it says so. */
  readonly filename: string | undefined;
  /** Whether it can be read again after it was sent. */
  readonly isReopenable: boolean;
  readonly #source: ImportSource;
  #opened: OpenedFile | undefined;
  #pieces: Pieces | undefined;
  #turn = 0;

  private constructor(source: ImportSource, opened: OpenedFile) {
    this.size = opened.size;
    this.filename = opened.filename?.replace(/^.*[/\\]/s, "");
    this.isReopenable = isReopenable(source);
    this.#source = source;
    this.#opened = opened;
  }

  /** @throws {InvalidSourceError} if it cannot be opened, or is not of a size that an import may have */
  static async open(source: ImportSource): Promise<SourceReader> {
    const opened = await openSource(source);
    const fault = sizeFault(opened.size);
    if (fault === undefined) return new SourceReader(source, opened);
    opened.close?.();
    throw new InvalidSourceError("size", fault);
  }

  /**
   * Begins to read, from the first byte on.
   *
   * @throws {InvalidSourceError} if it cannot be opened any more, or was opened too late: it is read anew already, or closed
   */
  async read(): Promise<{ readonly pieces: Pieces; readonly blob: Blob | undefined }> {
    void closePieces(this.#pieces);
    const turn = ++this.#turn;
    const opened = this.#opened ?? (await openSource(this.#source));
    if (turn !== this.#turn) {
      opened.close?.();
      throw new InvalidSourceError("unreadable", "The source was opened too late: it is not waited for any more.");
    }
    // What a function gave is read once.
    if (typeof this.#source === "function") this.#opened = undefined;
    this.#pieces = opened.read();
    return { pieces: this.#pieces, blob: opened.blob };
  }

  /** Lets go of what is open. */
  close(): void {
    this.#turn++;
    void closePieces(this.#pieces);
    this.#opened?.close?.();
  }
}

async function openSource(source: ImportSource): Promise<OpenedFile> {
  if (typeof source === "function") return openFile(await source());
  return isReopenable(source) ? openFile(source) : openOnce(source);
}

function isReopenable(source: ImportSource): source is Exclude<ImportSource, SizedStream> {
  return typeof source !== "object" || "slice" in source;
}

function sizeFault(size: number): string | undefined {
  if (!Number.isInteger(size)) return "The size is not known: give a path, a Blob, or a stream with its size.";
  if (size >= minimum && size <= maximum) return undefined;
  return `The file has ${size} bytes. An import takes ${minimum} to ${maximum}.`;
}
