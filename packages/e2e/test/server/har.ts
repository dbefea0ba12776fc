import type { Exchange, Message } from "./recording-proxy.ts";

/**
 * Converts exchanges to HAR 1.2.
 *
 * @param origin origin of the URLs, without a trailing slash
 */
export function harOf(exchanges: readonly Exchange[], origin: string): object {
  const entries = exchanges.map(({ startedAt, request, response }) => {
    const url = new URL(origin + request.target);
    return {
      startedDateTime: startedAt.toISOString(),
      request: {
        method: request.method,
        url: url.href,
        headers: namedValues(request.headers),
        queryString: namedValues([...url.searchParams]),
        ...(request.body !== "" && { postData: { mimeType: mediaType(request), text: request.body } }),
      },
      response: {
        status: response.status,
        statusText: response.statusText,
        headers: namedValues(response.headers),
        content: { mimeType: mediaType(response), size: Buffer.byteLength(response.body), text: response.body },
      },
    };
  });
  return { log: { version: "1.2", creator: { name: "memory-api", version: "1" }, entries } };
}

function namedValues(pairs: readonly (readonly [string, string])[]) {
  return pairs.map(([name, value]) => ({ name, value }));
}

function mediaType({ headers }: Message): string {
  return headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
}
