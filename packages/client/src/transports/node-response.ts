import type { Readable } from "node:stream";
import type { FetchResponse } from "./fetch.ts";
import { responseTooLarge } from "./response-limit.ts";

/**
 * Returns a response without the platform's classes, whose first use takes up to 93 ms.
 *
 * @param headers by lower-case name
 */
export function nodeResponse(
  status: number,
  headers: Record<string, string | string[] | undefined>,
  text: FetchResponse["text"],
): FetchResponse {
  const get = (name: string) => {
    const key = name.toLowerCase();
    return Object.hasOwn(headers, key) ? String(headers[key]) : null;
  };
  const iterable = { get, [Symbol.iterator]: () => pairsOf(headers) };
  return { status, ok: status >= 200 && status < 300, headers: iterable, text };
}

function* pairsOf(headers: Record<string, string | string[] | undefined>): Generator<[string, string], void> {
  for (const [name, value] of Object.entries(headers)) {
    // Cookies cannot be joined, since they can contain commas.
    const values = name === "set-cookie" ? [value].flat() : [value];
    for (const each of values) if (each !== undefined) yield [name, String(each)];
  }
}

/** Each layer needs memory before it yields a byte. `fetch` of Node.js has the same limit. */
const MAX_CODINGS = 5;

/**
 * Reads a response body of Node.js as text.
 *
 * `text` of `node:stream/consumers` needs more CPU time, because it iterates asynchronously.
 *
 * @param encoding the value of the `Content-Encoding` header
 * @param maxBytes how many bytes the decoded body may have; the connection is closed if there are more
 */
export function readText(
  body: Readable,
  encoding: string | string[] | undefined,
  maxBytes = Infinity,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const decoded = encoding ? decode(body, String(encoding)) : body;
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    decoded.on("data", (chunk) => {
      bytes += chunk.length;
      if (bytes > maxBytes) {
        reject(responseTooLarge());
        decoded.destroy();
      } else chunks.push(chunk);
    });
    decoded.on("end", () => resolve(new TextDecoder().decode(Buffer.concat(chunks))));
    decoded.on("error", reject);
  });
}

/** Undoes the content codings. A body with an unknown coding stays as it is, as with `fetch`: some servers send a charset. */
function decode(body: Readable, encoding: string): Readable {
  const codings = encoding.toLowerCase().match(/[^\s,]+/g) ?? [];
  if (codings.length > MAX_CODINGS) {
    // Without a listener, an error of the connection would end the process.
    body.on("error", () => {}).destroy();
    throw new Error("too many content codings");
  }
  if (!codings.every((name) => /^((x-)?gzip|deflate|br|identity)$/.test(name))) return body;
  const { createUnzip, createBrotliDecompress } = process.getBuiltinModule("node:zlib");
  const { pipeline } = process.getBuiltinModule("node:stream");
  return codings.reduceRight<Readable>((coded, name) => {
    if (name === "identity") return coded;
    // BROTLI_OPERATION_FLUSH and Z_SYNC_FLUSH: by default, an empty body is an error.
    const flush = name === "br" ? 1 : 2;
    const options = { flush, finishFlush: flush };
    return pipeline(coded, flush === 1 ? createBrotliDecompress(options) : createUnzip(options), () => {});
  }, body);
}
