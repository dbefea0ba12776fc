import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Target } from "../../src/target.ts";
import { ProxiedRequest, ProxiedResponse, type RequestChanges } from "./proxied-messages.ts";

/** Sends a request to the server behind the proxy: another one, or the one that arrived, with changes. */
export type Forward = (sent?: ProxiedRequest | RequestChanges) => Promise<ProxiedResponse>;

/** Responds to a request in place of the server, usually with what the server responds to it, but altered. */
export type Fault = (request: ProxiedRequest, forward: Forward) => Promise<ProxiedResponse>;

/** What a fault returns if the implementation crashes: the proxy closes the connection. */
export const NO_RESPONSE = new ProxiedResponse(0);

export interface FaultyProxy {
  readonly target: Target;
  /** How many exchanges the planted fault altered. */
  readonly altered: number;
  /** The first error that a fault threw. A finding then says nothing about the kit. */
  readonly failure: unknown;
  /** Replaces the fault. Without one, the proxy alters nothing. */
  plant(fault?: Fault): void;
  stop(): Promise<void>;
}

/**
 * Starts a proxy whose fault makes a correct server look like a faulty one. It forwards `Host`, so URLs in responses point to the proxy.
 *
 * @param fault can be replaced later
 */
export async function startFaultyProxy(target: Target, fault?: Fault): Promise<FaultyProxy> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const forward = (request: ProxiedRequest) => sendTo(target.baseUrl, agent, request);
  let altered = 0;
  let failure: unknown;
  const exchange = async (request: ProxiedRequest) => {
    if (fault === undefined) return forward(request);
    let unaltered: ProxiedResponse | undefined;
    let hasOtherRequest = false;
    const response = await fault(request, async (changed = request) => {
      const sent = changed instanceof ProxiedRequest ? changed : request.with(changed);
      const received = await forward(sent);
      if (sent === request) unaltered = received;
      else if (sent.method !== "GET") hasOtherRequest = true;
      return received;
    });
    if (response !== unaltered || hasOtherRequest) altered++;
    return response;
  };
  const proxy = createServer(
    { requestTimeout: 0, requireHostHeader: false, keepAliveTimeout: 60_000 },
    async (incoming, outgoing) => {
      const request = await received(incoming).catch(() => undefined);
      if (request === undefined) return void incoming.destroy();
      try {
        const response = await exchange(request);
        if (response.status === NO_RESPONSE.status) outgoing.destroy();
        else respond(outgoing, response);
      } catch (error) {
        failure ??= error;
        outgoing.destroy();
      }
    },
  );
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const address = proxy.address();
  if (typeof address !== "object" || address === null) throw new Error("The proxy has no port.");
  return {
    target: { ...target, baseUrl: `http://127.0.0.1:${address.port}` },
    get altered() {
      return altered;
    },
    get failure() {
      return failure;
    },
    plant(planted) {
      fault = planted;
      altered = 0;
      failure = undefined;
    },
    async stop() {
      proxy.close();
      proxy.closeAllConnections();
      agent.destroy();
    },
  };
}

async function received(incoming: IncomingMessage): Promise<ProxiedRequest> {
  const { method = "GET", url = "/", rawHeaders } = incoming;
  return new ProxiedRequest(method, url, pairsOf(rawHeaders), await buffer(incoming));
}

function respond(outgoing: ServerResponse, { status, headers, body }: ProxiedResponse): void {
  outgoing.writeHead(status, headers.flat());
  outgoing.end(body);
}

/** A connection that the server closed while it was idle is opened again. */
async function sendTo(
  server: string,
  agent: Agent,
  request: ProxiedRequest,
  isRetry = false,
): Promise<ProxiedResponse> {
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== "connection").flat();
  // `new URL` would normalize the path.
  const { hostname, port } = new URL(server);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { target: path, method } = request;
  // Other idle connections may be closed as well, so a retry has one of its own.
  const sending = sendRequest({ hostname, port, path, method, headers, agent: isRetry ? false : agent });
  sending.on("response", resolve);
  sending.on("error", reject);
  sending.end(request.body);
  try {
    const response = await promise;
    return new ProxiedResponse(
      response.statusCode ?? 0,
      pairsOf(response.rawHeaders).filter(([name]) => !/^(connection|keep-alive|transfer-encoding)$/i.test(name)),
      await buffer(response),
    );
  } catch (error) {
    if (isRetry || !sending.reusedSocket) throw error;
    return sendTo(server, agent, request, true);
  }
}

function pairsOf(rawHeaders: readonly string[]): (readonly [string, string])[] {
  return rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : []));
}
