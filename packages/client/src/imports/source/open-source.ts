import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import type { ImportFile, SizedStream } from "./import-source.ts";
import { closePieces, type Pieces, piecesOf } from "./pieces.ts";

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

/** @throws {InvalidSourceError} if it is a path that leads to no file, or a stream that cannot be read any more */
export function openFile(file: ImportFile): OpenedFile | Promise<OpenedFile> {
  if (typeof file === "string") return openPath(file);
  if (!("slice" in file)) {
    const pieces = piecesOf(file.stream);
    return { size: file.size, read: () => pieces, close: () => void closePieces(pieces) };
  }
  return {
    size: file.size,
    filename: "name" in file && typeof file.name === "string" ? file.name : undefined,
    blob: file,
    read: () => piecesOf(file.stream()),
  };
}

/**
 * A file of the file system.
 *
 * @throws {InvalidSourceError} if there is none, or the runtime has no files
 */
export async function openPath(path: string): Promise<OpenedFile> {
  // A text would be named in the error, with all that people wrote in it.
  if (/[\r\n]/.test(path)) throw unreadable("A string is the path of a file. Give a text as new Blob([text]).");
  // An import of it would keep the package out of browsers.
  const fs = globalThis.process?.getBuiltinModule?.("node:fs");
  if (fs === undefined) throw unreadable("This runtime has no files: give a File, a Blob or a stream.");
  const stats = await fs.promises.stat(path).catch(({ code }) => {
    throw unreadable(`${path}: ${code === "ENOENT" ? "there is no such file" : `cannot be read (${code})`}`);
  });
  const rejected = (error: unknown) => {
    const { code, syscall } = Object(error);
    throw syscall === undefined ? error : unreadable(`${path}: cannot be read (${code})`);
  };
  if (!stats.isFile()) throw unreadable(`${path}: is ${stats.isDirectory() ? "a folder, not" : "not"} a file`);
  return {
    size: stats.size,
    filename: path,
    read() {
      const pieces = piecesOf(fs.createReadStream(path));
      return { ...pieces, next: () => pieces.next().catch(rejected) };
    },
  };
}

function unreadable(reason: string): InvalidSourceError {
  return new InvalidSourceError("unreadable", reason);
}

/** A stream that nobody can open anew. It may be begun twice: what the first reading took, for the header row, comes again. */
export function openOnce({ stream, size }: SizedStream): OpenedFile {
  const rest = piecesOf(stream);
  const kept: Uint8Array[] = [];
  const first: Pieces = {
    async next() {
      const result = await rest.next();
      if (!result.done) kept.push(result.value);
      return result;
    },
  };
  const second: Pieces = {
    async next() {
      const value = kept.shift();
      return value === undefined ? rest.next() : { done: false, value };
    },
  };
  const readings = [first];
  return { size, read: () => readings.pop() ?? second, close: () => void closePieces(rest) };
}
