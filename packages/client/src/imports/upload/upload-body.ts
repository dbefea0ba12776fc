import type { Fetch, FetchBody, FetchInit, FetchResponse } from "../../transports/fetch.ts";
import { hasXhr, xhrFetch } from "./xhr-fetch.ts";

/** What is sent. */
export interface FileToSend {
  /** Its bytes, exactly `size` of them. */
  readonly pieces: AsyncIterator<Uint8Array>;
  readonly size: number;
  /** The same, where it is at hand. */
  readonly blob: Blob | undefined;
  /** Told how many bytes are on their way. */
  readonly onLoaded: (loaded: number) => void;
}

/** What a request is given so that it goes out with its length, and progress shows. */
export interface UploadBody {
  readonly body: FetchBody;
  readonly headers?: Record<string, string>;
  readonly fetch?: Fetch;
}

/**
 * The body of an upload for the runtime that this is, found by what it has. Storage services refuse an upload that is chunked, and each
 * runtime has its own way to send a length with what is counted as it goes.
 *
 * @param isPlatform whether the platform's transport is used, so that it may be used in another way
 */
export async function uploadBody(file: FileToSend, isPlatform: boolean): Promise<UploadBody> {
  const { pieces, size, blob, onLoaded } = file;
  if (hasFixedLength()) return { body: fixedLengthStream(streamOf(pieces, onLoaded), size) };
  if ("Deno" in globalThis) return { body: countedBlob(streamOf(pieces, onLoaded), size) };
  // Node.js and Bun take the length of a stream from its header.
  if (globalThis.process?.versions?.node) {
    const headers = { "Content-Length": String(size) };
    return { body: streamOf(pieces, onLoaded), headers, ...(isPlatform && { fetch: sendOnce }) };
  }
  const body = blob ?? (await new Response(streamOf(pieces)).blob());
  return isPlatform && hasXhr() ? { body, fetch: xhrFetch(onLoaded) } : { body };
}

/** Node.js keeps a copy of all that was sent, lest it must send it to another place, unless it is told that it never will. */
function sendOnce(url: string, init: FetchInit): Promise<FetchResponse> {
  return globalThis.fetch(url, { ...init, redirect: "error" });
}

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

/**
 * A body for Deno, which sends every stream chunked, whatever the headers say. Of a Blob it takes the size as the length, and then
 * reads the stream.
 *
 * @param size bytes
 */
export function countedBlob(stream: ReadableStream, size: number): Blob {
  return Object.defineProperties(new Blob([]), { size: { value: size }, stream: { value: () => stream } });
}
