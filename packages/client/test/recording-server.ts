import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** A request as it arrived. */
interface RecordedRequest {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

/** An answer that the server gives, or what it does instead of answering. */
type CannedAnswer =
  | { status: number; headers?: Record<string, string>; body?: unknown }
  | ((response: ServerResponse) => void);

export type RecordingServer = Awaited<ReturnType<typeof recordingServer>>;

/** A real server on a free port that records its requests. A string is sent as it is, anything else as JSON. */
export async function recordingServer() {
  const requests: RecordedRequest[] = [];
  let answers: CannedAnswer[] = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: await text(request) });
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 200, body: {} };
    if (typeof answer === "function") return answer(response);
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
    /** The last one is given again and again. */
    answerWith(...next: CannedAnswer[]) {
      answers = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}
