import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** A request as it arrived. */
interface ServiceRequest {
  readonly method: string;
  /** Path and query, to the letter. */
  readonly target: string;
  /** Of its body, in bytes. */
  readonly length: number;
  /** When, in milliseconds. */
  readonly at: number;
  /** Where it was sent to. */
  readonly origin: string;
}

/** What the service answers. */
export interface ServiceAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** Whether the connection breaks off in the middle of the body. */
  readonly isCutOff?: boolean;
}

/** How a service behaves: what it answers to a request, the last of all that it got. */
export type Script = (request: ServiceRequest, all: readonly ServiceRequest[]) => ServiceAnswer;

/** A real server on a free port, and what it was asked. */
export interface Service {
  readonly url: string;
  readonly requests: readonly ServiceRequest[];
  close(): Promise<unknown>;
}

export async function startService(script: Script): Promise<Service> {
  const requests: ServiceRequest[] = [];
  const server = createServer(async (message, response) => {
    const request = await received(message);
    requests.push(request);
    send(response, script(request, requests));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The service has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((closed) => {
        server.close(closed);
        server.closeAllConnections();
      }),
  };
}

async function received(message: IncomingMessage): Promise<ServiceRequest> {
  const at = performance.now();
  const { method = "", url: target = "", headers } = message;
  const { length } = await buffer(message);
  return { method, target, length, at, origin: `http://${headers.host}` };
}

function send(response: ServerResponse, { status = 200, headers, body = "", isCutOff = false }: ServiceAnswer): void {
  const isText = typeof body === "string";
  const bytes = Buffer.from(isText ? body : JSON.stringify(body));
  response.writeHead(status, {
    "Content-Type": isText ? "text/html" : "application/json",
    "Content-Length": bytes.length,
    ...headers,
  });
  if (isCutOff) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else response.end(bytes);
}
