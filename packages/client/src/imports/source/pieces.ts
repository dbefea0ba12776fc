import { InvalidSourceError } from "../../errors/invalid-source-error.ts";

/** Upper limit of a piece that is uploaded: a Blob can yield all its bytes at once, and progress is reported piece by piece. */
const SLICE_BYTES = 65_536;

/** A stream of bytes. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** One reading of a file, from its first byte. {@link closePieces} closes one that is not read completely. */
export interface Pieces {
  next(): Promise<IteratorResult<Uint8Array, unknown>>;
  return?(): Promise<unknown>;
}

/**
 * Reads a stream. Unlike the iterator of the stream, the reading can be closed before it begins and while a read is pending.
 *
 * @throws {InvalidSourceError} if the stream was already read, or yields anything other than bytes
 */
export function piecesOf(stream: ByteStream): Pieces {
  if (isUsed(stream)) {
    throw unreadable("The stream was already read. Pass a new stream; a function must open a new one each time.");
  }
  const pieces = "getReader" in stream ? readerOf(stream) : iteratorOf(stream);
  return {
    return: pieces.return,
    async next() {
      const result = await pieces.next();
      // `instanceof` rejects the arrays of other realms.
      if (result.done || result.value?.[Symbol.toStringTag] === "Uint8Array") return result;
      throw unreadable("The stream yielded something other than bytes. Each chunk must be a Uint8Array.");
    },
  };
}

/** Closes a source. Errors are ignored: the source is not needed any more. */
export async function closePieces(pieces: Pieces | undefined): Promise<void> {
  try {
    await pieces?.return?.();
  } catch {
    // See above.
  }
}

/**
 * Yields the bytes of a file if there are exactly as many as expected. The last piece is yielded only after the source has ended, so that a
 * file that is too long is never uploaded as if it ended there.
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
    if (loaded > size) throw wrongLength(`more than ${size} bytes`);
    if (loaded === size) last = value;
    else yield* slices(value);
  }
  if (last === undefined) throw wrongLength(`${loaded} bytes instead of ${size}`);
  yield* slices(last);
}

/** The error for a source that cannot be read. */
export function unreadable(reason: string): InvalidSourceError {
  return new InvalidSourceError("unreadable", reason);
}

/** Whether a stream cannot be read any more. A stream that failed counts as readable, since reading it reports why. */
function isUsed(stream: ByteStream): boolean {
  const { locked, destroyed, errored } = Object(stream);
  return Boolean(locked || (destroyed && !errored));
}

function readerOf(stream: ReadableStream<Uint8Array>): Required<Pieces> {
  const reader = stream.getReader();
  return { next: () => reader.read(), return: () => reader.cancel() };
}

function iteratorOf(stream: AsyncIterable<Uint8Array>): Required<Pieces> {
  // Until a stream of Node.js is read, nothing else listens to its errors, and one without a listener ends the process.
  if ("on" in stream && typeof stream.on === "function") stream.on("error", () => {});
  const iterator = stream[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    async return() {
      // A stream of Node.js stays open if its iterator has not begun, or waits for a piece.
      if ("destroy" in stream && typeof stream.destroy === "function") stream.destroy();
      await iterator.return?.();
    },
  };
}

function* slices(piece: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < piece.byteLength; at += SLICE_BYTES) yield piece.subarray(at, at + SLICE_BYTES);
}

function wrongLength(found: string): InvalidSourceError {
  return new InvalidSourceError("size", `The source yielded ${found}.`);
}
