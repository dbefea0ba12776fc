import { InvalidSourceError } from "../../errors/invalid-source-error.ts";

/** Bytes as they come. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** One reading of a file, from its first byte on. What is not read to its end is closed by {@link closePieces}. */
export interface Pieces {
  next(): Promise<IteratorResult<Uint8Array, unknown>>;
  return?(): Promise<unknown>;
}

/**
 * Reads a stream. It can be let go before it is begun and while a read is pending, which the stream's own iterator cannot.
 *
 * @throws {InvalidSourceError} if it cannot be read any more, or gives something else than bytes
 */
export function piecesOf(stream: ByteStream): Pieces {
  if (isSpent(stream)) {
    throw unreadable("The stream is read already: give a new one; a function must open it anew each time.");
  }
  const pieces = "getReader" in stream ? readerOf(stream) : iteratorOf(stream);
  return {
    return: pieces.return,
    async next() {
      const result = await pieces.next();
      if (result.done || ArrayBuffer.isView(result.value)) return result;
      throw unreadable("The stream gives something else than bytes: each piece must be a Uint8Array.");
    },
  };
}

/** Lets go of a source. How that ends is nobody's concern any more. */
export async function closePieces(pieces: Pieces | undefined): Promise<void> {
  try {
    await pieces?.return?.();
  } catch {
    // What it held is gone either way.
  }
}

function readerOf(stream: ReadableStream<Uint8Array>): Required<Pieces> {
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done ? { done, value } : { done, value };
    },
    return: () => reader.cancel(),
  };
}

function iteratorOf(stream: AsyncIterable<Uint8Array>): Required<Pieces> {
  const iterator = stream[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    async return() {
      // A stream of Node.js does not hear of the end of an iterator that was not begun, or that waits for a piece.
      if ("destroy" in stream && typeof stream.destroy === "function") stream.destroy();
      await iterator.return?.();
    },
  };
}

/** One that broke is read all the same: it tells why. */
function isSpent(stream: ByteStream): boolean {
  const { locked, destroyed, errored } = Object(stream);
  return Boolean(locked || (destroyed && !errored));
}

function unreadable(reason: string): InvalidSourceError {
  return new InvalidSourceError("unreadable", reason);
}

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
