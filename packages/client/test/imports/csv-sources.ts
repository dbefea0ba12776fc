export const mapping = { email: "Contact.email", name: "Contact.firstName" } as const;

/** A CSV file with one row. */
export const contacts = "email,name\nada.reyes@example.com,Ada\n";

const HEADER = "email,name\n";

/** Returns a CSV file of this size, with one long row. */
export function csvBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).fill(0x61);
  bytes.set(new TextEncoder().encode(HEADER));
  return bytes;
}

/** Returns the same file as a stream of pieces. */
export function csvStream(size: number, pieceBytes = 64 * 1024): ReadableStream<Uint8Array> {
  const bytes = csvBytes(size);
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= size) return controller.close();
      controller.enqueue(bytes.subarray(at, at + pieceBytes));
      at += pieceBytes;
    },
  });
}

/** Returns a stream that yields these pieces and then neither ends nor yields anything else, and what happens to it. */
export function silentStream(pieces: readonly Uint8Array[] = []) {
  const left = [...pieces];
  const seen = { isWaiting: false, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.shift();
      if (next) return controller.enqueue(next);
      seen.isWaiting = true;
      return new Promise(() => {});
    },
    cancel() {
      seen.isCancelled = true;
    },
  });
  return { stream, seen };
}
