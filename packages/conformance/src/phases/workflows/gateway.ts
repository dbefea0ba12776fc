import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { OperationId } from "@memory-api/types";
import type { Contract } from "../../contract/contract.ts";
import type { HttpResponse } from "../../http/exchange.ts";
import type { Session } from "../../scenarios/session.ts";

export interface Gateway {
  readonly url: string;
  /** Aborted by the first request that could not be sent. Its reason is the error. */
  readonly signal: AbortSignal;
  close(): void;
}

/** Headers of a connection, which the gateway sets on its own. */
const CONNECTION_HEADERS = ["connection", "content-length", "host", "keep-alive", "transfer-encoding"];

/** Sends the requests of another program through a session, so that they are checked, counted and limited as all others are. */
export async function startGateway(session: Session): Promise<Gateway> {
  const { baseUrl } = session.target;
  const failure = new AbortController();
  const server = createServer(async (incoming, outgoing) => {
    try {
      const { method = "GET", url: path = "/" } = incoming;
      const body = await buffer(incoming);
      const { response } = await session.sendRaw(
        { method, url: baseUrl + path, headers: headersOf(incoming), ...(body.length > 0 && { body }) },
        operationAt(session.contract, method, new URL(path, baseUrl).pathname),
      );
      const [text, headers] = redirected(response, baseUrl, url);
      outgoing.writeHead(response.status, headers).end(text);
    } catch (error) {
      failure.abort(error);
      outgoing.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    signal: failure.signal,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function headersOf({ headersDistinct }: IncomingMessage): Record<string, readonly string[]> {
  const headers: Record<string, readonly string[]> = {};
  for (const [name, values] of Object.entries(headersDistinct))
    if (values !== undefined && !CONNECTION_HEADERS.includes(name)) headers[name] = values;
  return headers;
}

/** The response with its own URLs, such as that of an upload, pointing to the gateway. */
function redirected(response: HttpResponse, from: string, to: string): [Buffer, Record<string, string[]>] {
  const headers: Record<string, string[]> = {};
  for (const [name, values] of Object.entries(response.headers))
    if (!CONNECTION_HEADERS.includes(name)) headers[name] = values.map((value) => value.replaceAll(from, to));
  return [Buffer.from(Buffer.from(response.body).toString().replaceAll(from, to)), headers];
}

/** A literal path takes precedence over a templated one. */
function operationAt(contract: Contract, method: string, pathname: string): OperationId | undefined {
  const matches = [...contract.operations.values()].filter((entry) => {
    const pattern = entry.path.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{\w+\}/g, "[^/]+");
    return entry.method === method && new RegExp(`^${pattern}$`).test(pathname);
  });
  const [best] = matches.sort((one, other) => one.path.split("{").length - other.path.split("{").length);
  return best?.id;
}
