import type { Fetch, FetchBody, FetchInit, FetchResponse } from "../../transports/fetch.ts";
import { hasXhr, xhrFetch } from "./xhr-fetch.ts";

/** A file to upload. */
interface UploadContent {
  /** Exactly `size` bytes. */
  readonly pieces: AsyncIterator<Uint8Array>;
  readonly size: number;
  /** The same bytes, if the source is a Blob. */
  readonly blob: Blob | undefined;
  /** Called with the number of bytes that are on their way. */
  readonly onLoaded: (loaded: number) => void;
}

/** The parts of a request that depend on the runtime. */
interface UploadBody {
  readonly body: FetchBody;
  readonly headers?: Record<string, string>;
  readonly fetch?: Fetch;
}

/** Of workerd only. */
declare const FixedLengthStream: new (size: number) => ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array>;

/**
 * Returns the body of an upload for the current runtime. Object storage rejects an upload without `Content-Length`, and each runtime has
 * its own way to send a stream with a length and to report progress.
 *
 * @param isPlatform whether the transport is that of the platform, and can be replaced
 */
export async function uploadBody(content: UploadContent, isPlatform: boolean): Promise<UploadBody> {
  const { pieces, size, blob, onLoaded } = content;
  // workerd sends every other stream chunked, even with the header.
  if (typeof FixedLengthStream !== "undefined") {
    return { body: streamOf(pieces, onLoaded).pipeThrough(new FixedLengthStream(size)) };
  }
  if ("Deno" in globalThis) return { body: sizedBlob(streamOf(pieces, onLoaded), size) };
  // Node.js and Bun take the length of a stream from the header.
  if (globalThis.process?.versions?.node) {
    const headers = { "Content-Length": String(size) };
    return { body: streamOf(pieces, onLoaded), headers, ...(isPlatform && { fetch: fetchWithoutCopy }) };
  }
  const body = blob ?? (await new Response(streamOf(pieces)).blob());
  return isPlatform && hasXhr() ? { body, fetch: xhrFetch(onLoaded) } : { body };
}

/** Without `redirect: "error"`, Node.js keeps a copy of everything that was sent, to send it again after a redirect. */
function fetchWithoutCopy(url: string, init: FetchInit): Promise<FetchResponse> {
  return globalThis.fetch(url, { ...init, redirect: "error" });
}

/** Returns a stream that reads a piece only when there is room for it. */
function streamOf(pieces: AsyncIterator<Uint8Array>, onLoaded?: (loaded: number) => void): ReadableStream {
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

/** Deno sends every stream chunked, even with the header. It sends the size of a Blob as the length, and then reads its stream. */
function sizedBlob(stream: ReadableStream, size: number): Blob {
  return Object.defineProperties(new Blob([]), { size: { value: size }, stream: { value: () => stream } });
}
