import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A request as it arrived. */
interface RecordedRequest {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A response to send, or a function that sends it. A string is sent unchanged, any other body as JSON. */
type PreparedResponse =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | ((response: ServerResponse) => void);

export type RecordingServer = Awaited<ReturnType<typeof recordingServer>>;

/** Starts an HTTP server on a free port that records its requests. */
export async function recordingServer() {
  const requests: RecordedRequest[] = [];
  let prepared: PreparedResponse[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: await text(request) });
    const next = (prepared.length > 1 ? prepared.shift() : prepared[0]) ?? { status: 200, body: {} };
    if (typeof next === "function") return next(response);
    const { status, headers: added = {}, body } = next;
    response.writeHead(status, added);
    response.end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    /** Sets the responses of the next requests. The last one is repeated. */
    respondWith(...responses: PreparedResponse[]) {
      prepared = responses;
    },
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}
