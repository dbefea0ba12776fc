import { createServer, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";

/** A request as it arrived. */
interface RecordedRequest {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** The answer that the server gives to whatever it is asked. */
interface CannedAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A real server on a free port that records what it is asked. A string is answered as it is, anything else as JSON. */
export async function recordingServer() {
  const requests: RecordedRequest[] = [];
  let answer: CannedAnswer = { status: 200, body: {} };
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: await text(request) });
    const { status, headers: own = {}, body } = answer;
    response.writeHead(status, own);
    response.end(typeof body === "string" || body === undefined ? body : JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    answerWith(next: CannedAnswer) {
      answer = next;
    },
    close: () => new Promise((closed) => server.close(closed)),
  };
}
