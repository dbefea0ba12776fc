import { once } from "node:events";
import { type IncomingMessage, request as sendRequest } from "node:http";
import { buffer } from "node:stream/consumers";
import { startLocalServer } from "../support/local-server.ts";

/** A request and its response, as they were sent. */
export interface Exchange {
  readonly startedAt: Date;
  readonly request: Message & {
    readonly method: string;
    /** Path and query, with a leading slash. */
    readonly target: string;
  };
  readonly response: Message & { readonly status: number; readonly statusText: string };
}

export interface Message {
  /** In the order in which they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty if the message has no body. */
  readonly body: string;
}

export interface RecordingProxy {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  close(): Promise<void>;
}

/**
 * Starts a proxy that records all exchanges with a server. It forwards the `Host` header, so the URLs in the responses also
 * point to the proxy.
 */
export async function startRecordingProxy(server: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const proxy = await startLocalServer(async (incoming, outgoing) => {
    const startedAt = new Date();
    const requestBody = await buffer(incoming);
    const { method = "GET", url: target = "/", rawHeaders } = incoming;
    const upstream = sendRequest(server + target, { method, headers: rawHeaders, agent: false });
    upstream.end(requestBody);
    const [response]: IncomingMessage[] = await once(upstream, "response");
    if (response === undefined) throw new Error("The server sent no response.");
    const responseBody = await buffer(response);
    const { statusCode: status = 0, statusMessage: statusText = "" } = response;
    exchanges.push({
      startedAt,
      request: { method, target, headers: pairsOf(rawHeaders), body: requestBody.toString() },
      response: { status, statusText, headers: pairsOf(response.rawHeaders), body: responseBody.toString() },
    });
    outgoing.writeHead(status, statusText, response.rawHeaders).end(responseBody);
  });
  return { ...proxy, exchanges };
}

function pairsOf(rawHeaders: readonly string[]): (readonly [string, string])[] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] as const] : []));
}
