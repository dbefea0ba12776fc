import { once } from "node:events";
import { createServer, request as forward, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  readonly startedAt: Date;
  readonly request: Message & {
    readonly method: string /** Path and query, from the slash on. */;
    readonly target: string;
  };
  readonly response: Message & { readonly status: number; readonly statusText: string };
}

export interface Message {
  /** As they were sent, one after the other. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Empty where there is none. */
  readonly body: string;
}

export interface RecordingProxy {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  stop(): Promise<void>;
}

/** Stands before a server and keeps what goes through. The server sees the host of the proxy, so its URLs lead here too. */
export async function startRecordingProxy(server: string): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const proxy = createServer(async (incoming, outgoing) => {
    const startedAt = new Date();
    const sent = await buffer(incoming);
    const { method = "GET", url: target = "/", rawHeaders } = incoming;
    const upstream = forward(server + target, { method, headers: rawHeaders, agent: false });
    upstream.end(sent);
    const [answer]: IncomingMessage[] = await once(upstream, "response");
    if (answer === undefined) throw new Error("The server gave no answer.");
    const received = await buffer(answer);
    const { statusCode: status = 0, statusMessage: statusText = "" } = answer;
    exchanges.push({
      startedAt,
      request: { method, target, headers: pairs(rawHeaders), body: sent.toString() },
      response: { status, statusText, headers: pairs(answer.rawHeaders), body: received.toString() },
    });
    outgoing.writeHead(status, statusText, answer.rawHeaders).end(received);
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const { port } = proxy.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    exchanges,
    async stop() {
      proxy.close();
      proxy.closeAllConnections();
      await once(proxy, "close");
    },
  };
}

function pairs(rawHeaders: readonly string[]): (readonly [string, string])[] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : []));
}
