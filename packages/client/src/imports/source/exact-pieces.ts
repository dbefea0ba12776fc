import { InvalidSourceError } from "../../errors/invalid-source-error.ts";
import type { Pieces } from "./pieces.ts";

const SLICE_BYTES = 64 * 1024;

/**
 * The bytes of a file, held against the size that was announced. The last piece is given out only once it is known that no other
 * follows: so what is too long is never taken for a file that ends there.
 *
 * @param size bytes
 * @throws {InvalidSourceError} if there are more or fewer bytes
 */
export async function* exactPieces(pieces: Pieces, size: number): AsyncGenerator<Uint8Array, void> {
  let loaded = 0;
  let last: Uint8Array | undefined;
  for (;;) {
    const { done, value } = await pieces.next();
    if (done) break;
    if (value.byteLength === 0) continue;
    loaded += value.byteLength;
    if (loaded > size) throw wrongLength(`more than the ${size} bytes`);
    if (loaded === size) last = value;
    else yield* slices(value);
  }
  if (last === undefined) throw wrongLength(`${loaded} bytes, not the ${size}`);
  yield* slices(last);
}

/** A Blob can come in one piece, of which no progress could be told. */
function* slices(piece: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < piece.byteLength; at += SLICE_BYTES) yield piece.subarray(at, at + SLICE_BYTES);
}

function wrongLength(found: string): InvalidSourceError {
  return new InvalidSourceError("size", `The source gave ${found} that were announced.`);
}
