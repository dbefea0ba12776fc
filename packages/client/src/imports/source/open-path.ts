import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import type { OpenedFile } from "./opened-file.ts";
import { piecesOf } from "./pieces.ts";

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
