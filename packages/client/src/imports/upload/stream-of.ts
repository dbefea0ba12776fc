/**
 * A stream of pieces, each asked for only when there is room for it.
 *
 * @param onLoaded told how many bytes were taken so far
 */
export function streamOf(pieces: AsyncIterator<Uint8Array>, onLoaded?: (loaded: number) => void): ReadableStream {
  let loaded = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        onLoaded?.(loaded);
        const { done, value } = await pieces.next();
        if (done) return controller.close();
        loaded += value.byteLength;
        controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}
