/** Bytes as they come. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** One reading of a file, from its first byte on. What is not read to its end is closed by {@link closePieces}. */
export interface Pieces {
  next(): Promise<IteratorResult<Uint8Array, unknown>>;
  return?(): Promise<unknown>;
}

/** Reads a stream. A reader can be let go while a read is pending, which the stream's own iterator cannot. */
export function piecesOf(stream: ByteStream): Pieces {
  if (!("getReader" in stream)) return stream[Symbol.asyncIterator]();
  const reader = stream.getReader();
  return {
    async next() {
      const { done, value } = await reader.read();
      return done ? { done, value } : { done, value };
    },
    return: () => reader.cancel(),
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
