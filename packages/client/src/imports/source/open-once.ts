import type { SizedStream } from "./import-source.ts";
import type { OpenedFile } from "./opened-file.ts";
import { closePieces, type Pieces, piecesOf } from "./pieces.ts";

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
