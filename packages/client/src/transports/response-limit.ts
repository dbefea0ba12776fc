import type { FetchResponse } from "./fetch.ts";

const TOO_LARGE = "ERR_RESPONSE_TOO_LARGE";

/** Returns the error of a transport whose response exceeds the limit. A code, since a transport may be bundled separately. */
export function responseTooLarge(): Error {
  return Object.assign(new Error("response too large"), { code: TOO_LARGE });
}

/** Whether a transport stopped because the response exceeds the limit. */
export function isResponseTooLarge(error: unknown): boolean {
  return Object(error).code === TOO_LARGE;
}

/**
 * Reads the text of a response. Stops at the limit if the response is a stream.
 *
 * @param maxBytes how many bytes the decoded body may have
 */
export async function textWithin(response: FetchResponse, maxBytes: number): Promise<string> {
  const { body, bodyUsed } = response;
  // A `text` of its own may return something other than the body. A body that was read looks like an empty one.
  if (isStream(body) && !bodyUsed && !Object.hasOwn(response, "text")) return streamText(body, maxBytes);
  const text = await response.text();
  if (new TextEncoder().encode(text).length > maxBytes) throw responseTooLarge();
  return text;
}

async function streamText(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > maxBytes) {
      reader.cancel().catch(() => {});
      throw responseTooLarge();
    }
    text += decoder.decode(value, { stream: true });
  }
}

function isStream(body: unknown): body is ReadableStream<Uint8Array> {
  return typeof Object(body).getReader === "function";
}
