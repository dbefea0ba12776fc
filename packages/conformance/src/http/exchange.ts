/** A request exactly as it is sent. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** By name as it is sent. `Host`, and `Content-Length` unless it is given, are added. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  /** Values by lower-case name. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
}

/** A request and its response. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  /** From the first byte sent to the last byte received, in milliseconds. */
  readonly ms: number;
}

/** @returns the first value of a header; `undefined` if it is absent */
export function headerOf({ headers }: HttpResponse, name: string): string | undefined {
  return headers[name.toLowerCase()]?.[0];
}

/** @returns the media type in lower case without its parameters; `undefined` if the response has none */
export function mediaTypeOf(response: HttpResponse): string | undefined {
  return headerOf(response, "content-type")?.split(";")[0]?.trim().toLowerCase();
}

const decoder = new TextDecoder("utf-8", { fatal: true });
/** Several checks read the same body. */
const parsed = new WeakMap<HttpResponse, { readonly json: unknown }>();

/** @returns the body as JSON; `undefined` if it is not valid JSON in UTF-8 */
export function jsonOf(response: HttpResponse): unknown {
  const known = parsed.get(response) ?? { json: parse(response.body) };
  parsed.set(response, known);
  return known.json;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body));
  } catch {
    return undefined;
  }
}
