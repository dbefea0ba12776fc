import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { HttpRequest, HttpResponse } from "../../src/http/exchange.ts";
import { HttpConnection } from "../../src/http/http-connection.ts";
import type { Target } from "../../src/target.ts";

/** A request as it arrived, with a path instead of a URL. */
export interface ProxyRequest extends HttpRequest {
  readonly path: string;
  readonly body: Buffer;
  readonly json: () => unknown;
}

/** Responds in place of the server. `forward` sends a request on, which may be altered. */
export type Fault = (
  request: ProxyRequest,
  forward: (changes?: Partial<HttpRequest>) => Promise<HttpResponse>,
) => Promise<HttpResponse>;

export interface FaultyProxy {
  readonly target: Target;
  stop(): Promise<void>;
}

/** Starts a proxy that makes a correct server break a rule. */
export async function startFaultyProxy(target: Target, fault: Fault): Promise<FaultyProxy> {
  const connection = new HttpConnection({ maxConnections: 64 });
  const server = createServer({ requireHostHeader: false }, (incoming, outgoing) => {
    respond(target, connection, fault, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    target: { ...target, baseUrl: `http://127.0.0.1:${port}` },
    async stop() {
      connection.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function respond(
  target: Target,
  connection: HttpConnection,
  fault: Fault,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const { method = "GET", url: path = "/", headersDistinct } = incoming;
  const body = await buffer(incoming);
  const { connection: _, "transfer-encoding": __, host = [], ...others } = headersDistinct;
  const headers: Record<string, string | string[]> = { Host: host.length === 1 ? String(host[0]) : host };
  for (const [name, values = []] of Object.entries(others))
    headers[name] = values.length === 1 ? String(values[0]) : values;
  const request: HttpRequest = { method, url: target.baseUrl + path, headers, body };
  const forward = async (changes: Partial<HttpRequest> = {}) => {
    const { "content-length": ___, ...rest } = { ...headers, ...changes.headers };
    const changed = {
      ...request,
      ...changes,
      headers: changes.body === undefined ? { ...headers, ...changes.headers } : rest,
    };
    return (await connection.send(changed)).response;
  };
  const response = await fault({ ...request, path, body, json: () => parse(body) }, forward);
  const { "transfer-encoding": ____, "content-length": _____, connection: ______, ...sent } = response.headers;
  outgoing.writeHead(
    response.status,
    Object.fromEntries(Object.entries(sent).map(([name, values]) => [name, [...values]])),
  );
  outgoing.end(response.body);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

export function jsonResponse(status: number, body: unknown, headers: Record<string, string[]> = {}): HttpResponse {
  return {
    status,
    headers: { "content-type": ["application/json"], ...headers },
    body: Buffer.from(JSON.stringify(body)),
  };
}

/** The body of a response as JSON with other values. */
export function withJson(response: HttpResponse, change: (json: Record<string, unknown>) => unknown): HttpResponse {
  return { ...response, body: Buffer.from(JSON.stringify(change(JSON.parse(Buffer.from(response.body).toString())))) };
}
