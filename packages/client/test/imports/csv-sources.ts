export const mapping = { email: "Contact.email", name: "Contact.firstName" } as const;

const HEADER = "email,name\n";

/** A CSV file of so many bytes, whose only row is long. */
export function csvBytes(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size).fill(0x61);
  bytes.set(new TextEncoder().encode(HEADER));
  return bytes;
}

/** The same as a stream, in pieces. */
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
