/** Of workerd alone. */
declare const FixedLengthStream: new (size: number) => ReadableWritablePair<Uint8Array, Uint8Array>;

export function hasFixedLength(): boolean {
  return typeof FixedLengthStream !== "undefined";
}

/**
 * A body for workerd, which sends every other stream chunked, whatever the headers say.
 *
 * @param size bytes
 */
export function fixedLengthStream(stream: ReadableStream, size: number): ReadableStream {
  return stream.pipeThrough(new FixedLengthStream(size));
}
