import type { ImportFile } from "./import-source.ts";
import { openPath } from "./open-path.ts";
import type { OpenedFile } from "./opened-file.ts";
import { closePieces, piecesOf } from "./pieces.ts";

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
