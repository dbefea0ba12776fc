/**
 * A body for Deno, which sends every stream chunked, whatever the headers say. Of a Blob it takes the size as the length, and then
 * reads the stream.
 *
 * @param size bytes
 */
export function countedBlob(stream: ReadableStream, size: number): Blob {
  return Object.defineProperties(new Blob([]), { size: { value: size }, stream: { value: () => stream } });
}
