/** What a consumer passes to `fetch`. Reading it consumes nothing. */
export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly hasBody: boolean;
  /** Arguments with which the request must be sent, because a stream that is read is replaced by a copy. */
  arguments(): Parameters<typeof fetch>;
  /** Reads a copy of the body. Do not call it for uploads, because it holds the whole body in memory. */
  text(): Promise<string>;
}

type Input = Parameters<typeof fetch>[0];
type Init = Parameters<typeof fetch>[1];

/**
 * Describes a request before it is sent.
 *
 * @throws {TypeError} if the URL is not absolute, as `fetch` does
 */
export function describeRequest(input: Input, init: Init): SentRequest {
  const request = typeof input === "string" || input instanceof URL ? undefined : input;
  const url = new URL(request?.url ?? String(input));
  const method = (init?.method ?? request?.method ?? "GET").toUpperCase();
  const headers = new Headers(init?.headers ?? request?.headers);
  const body = init?.body ?? undefined;
  const contentType = body === undefined ? request?.headers.get("content-type") : impliedContentType(body);
  if (!headers.has("content-type") && contentType) headers.set("content-type", contentType);

  let sent: Parameters<typeof fetch> = init === undefined ? [input] : [input, init];
  return {
    method,
    url,
    headers,
    hasBody: body !== undefined || (request?.body ?? undefined) !== undefined,
    arguments: () => sent,
    async text() {
      if (body === undefined) return request === undefined ? "" : request.clone().text();
      if (typeof body === "string") return body;
      if (!(body instanceof ReadableStream)) return new Response(body).text();
      const [read, forwarded] = body.tee();
      sent = [input, { ...init, body: forwarded }];
      return new Response(read).text();
    },
  };
}

/** The `Content-Type` that `fetch` adds to a body. */
function impliedContentType(body: NonNullable<NonNullable<Init>["body"]>): string | undefined {
  if (typeof body === "string") return "text/plain;charset=UTF-8";
  if (body instanceof Blob) return body.type || undefined;
  if (body instanceof URLSearchParams) return "application/x-www-form-urlencoded;charset=UTF-8";
  return body instanceof FormData ? "multipart/form-data" : undefined;
}
