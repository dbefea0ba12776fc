import type { ImportFile, ImportSource, SizedStream } from "./import-source.ts";
import { closePieces, type Pieces, piecesOf, unreadable } from "./pieces.ts";

/** A file that can be read. */
export interface OpenedFile {
  /** Bytes. */
  readonly size: number;
  /** The name or path of the file, if it has one. */
  readonly filename?: string | undefined;
  /** The file itself, for a transport that can send it as it is. */
  readonly blob?: Blob;
  /** Starts to read from the first byte. */
  read(): Pieces;
  /** Closes what is already open, whether or not it was read. */
  close?(): void;
}

/** Whether a source can be opened more than once: all sources except a stream. */
export function isReopenable(source: ImportSource): source is Exclude<ImportSource, SizedStream> {
  return typeof source !== "object" || "slice" in Object(source);
}

/** @throws {InvalidSourceError} if the source is invalid, a path that is not a file, or a stream that was already read */
export async function openSource(source: ImportSource): Promise<OpenedFile> {
  if (typeof source === "function") return openFile(checkedFile(await source()));
  const file = checkedFile(source);
  return isReopenable(file) ? openFile(file) : openTwice(file);
}

function checkedFile(file: ImportFile): ImportFile {
  const { stream } = Object(file);
  if (typeof file === "string" || Object(stream) === stream) return file;
  throw unreadable("The source must be a path, a Blob, { stream, size }, or a function that returns one of these.");
}

function openFile(file: ImportFile): OpenedFile | Promise<OpenedFile> {
  if (typeof file === "string") return openPath(file);
  if (!isReopenable(file)) {
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

async function openPath(path: string): Promise<OpenedFile> {
  // The error would contain the text, which may be personal data.
  if (/[\r\n]/.test(path)) throw unreadable("A string source is the path of a file. Pass text as new Blob([text]).");
  // A static import would keep the package out of browsers.
  const fs = globalThis.process?.getBuiltinModule?.("node:fs");
  if (fs === undefined) throw unreadable("This runtime has no file system. Pass a File, a Blob or a stream.");
  const stats = await fs.promises.stat(path).catch(({ code }) => {
    throw unreadable(`${path}: ${code === "ENOENT" ? "no such file" : `cannot be read (${code})`}`);
  });
  if (!stats.isFile())
    throw unreadable(`${path}: is ${stats.isDirectory() ? "a directory, not a" : "not a regular"} file`);
  const rethrow = (error: unknown) => {
    const { code, syscall } = Object(error);
    throw syscall === undefined ? error : unreadable(`${path}: cannot be read (${code})`);
  };
  return {
    size: stats.size,
    filename: path,
    read() {
      const pieces = piecesOf(fs.createReadStream(path));
      return { ...pieces, next: () => pieces.next().catch(rethrow) };
    },
  };
}

/** Opens a stream so that it can be read twice: the second time, the pieces that were read for the header row are repeated. */
function openTwice({ stream, size }: SizedStream): OpenedFile {
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
