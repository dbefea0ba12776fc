import { Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps, Agent as SecureAgent } from "node:https";
import { setTimeout as delay } from "node:timers/promises";
import type { Exchange, HttpRequest, HttpResponse } from "./exchange.ts";

/** The implementation cannot be reached, or did not respond. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** The server closed an idle connection just when the request was sent on it, and so did not read the request. */
class IdleConnectionClosedError extends UnreachableError {}

/** The run has sent as many requests as it may. */
export class RequestLimitError extends Error {
  override readonly name = "RequestLimitError";
}

export interface ConnectionOptions {
  /** @default no limit */
  readonly maxRequests?: number;
  /** Requests per second. @default no limit */
  readonly rate?: number;
  /** Milliseconds to wait for a response. @default 30_000 */
  readonly timeoutMs?: number;
  /** @default 32 */
  readonly maxConnections?: number;
}

/** Sends requests exactly as they are, and follows no redirect. `fetch` would change headers, and hide a connection that is closed early. */
export class HttpConnection {
  readonly #agents: { readonly "http:": Agent; readonly "https:": SecureAgent };
  readonly #options: ConnectionOptions;
  #nextSlot = 0;
  sent = 0;

  constructor(options: ConnectionOptions = {}) {
    const agentOptions = { keepAlive: true, maxSockets: options.maxConnections ?? 32 };
    this.#agents = { "http:": new Agent(agentOptions), "https:": new SecureAgent(agentOptions) };
    this.#options = options;
  }

  /**
   * @throws {UnreachableError} if there is no complete HTTP response
   * @throws {RequestLimitError}
   */
  async send(request: HttpRequest): Promise<Exchange> {
    await this.#takeSlot();
    const startedAt = performance.now();
    const exchange = () => this.#exchange(withLength(request), (sending) => sending.end(request.body));
    const response = await exchange().catch((error: unknown) => {
      if (error instanceof IdleConnectionClosedError) return exchange();
      throw error;
    });
    return { request, response, ms: performance.now() - startedAt };
  }

  /**
   * Sends half of a body, and the rest after a pause.
   *
   * @param pause resolves with whether to send the rest; if not, the connection is closed
   * @returns `undefined` if the connection was closed
   * @throws {UnreachableError} if there is no complete HTTP response
   * @throws {RequestLimitError}
   */
  async sendInParts(request: HttpRequest, pause: () => Promise<boolean>): Promise<Exchange | undefined> {
    await this.#takeSlot();
    const body = Buffer.from(request.body ?? "");
    const middle = Math.floor(body.length / 2);
    const startedAt = performance.now();
    const headers = { ...request.headers, "Content-Length": String(body.length) };
    return new Promise((resolve, reject) => {
      const response = this.#exchange({ ...request, headers }, (sending) => {
        const resume = async () => {
          if (await pause()) sending.end(body.subarray(middle));
          else {
            resolve(undefined);
            sending.destroy();
          }
        };
        sending.write(body.subarray(0, middle), () => resume().catch(reject));
      });
      response.then((found) => resolve({ request, response: found, ms: performance.now() - startedAt }), reject);
    });
  }

  close(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  /** Counts a request, and waits until it may be sent. */
  async #takeSlot(): Promise<void> {
    const { rate, maxRequests = Number.POSITIVE_INFINITY } = this.#options;
    if (this.sent >= maxRequests) throw new RequestLimitError(`The limit of ${maxRequests} requests is reached.`);
    this.sent++;
    if (rate === undefined) return;
    const now = performance.now();
    const slot = Math.max(now, this.#nextSlot);
    this.#nextSlot = slot + 1000 / rate;
    if (slot > now) await delay(slot - now);
  }

  #exchange(
    { method, url, headers }: Omit<HttpRequest, "body">,
    sendBody: (sending: ClientRequest) => void,
  ): Promise<HttpResponse> {
    const isSecure = new URL(url).protocol === "https:";
    const { timeoutMs = 30_000 } = this.#options;
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException) => {
        const isIdle = sending.reusedSocket && !hasResponse && error.code === "ECONNRESET";
        const Failure = isIdle ? IdleConnectionClosedError : UnreachableError;
        reject(new Failure(`${method} ${url}: ${error.message}`, { cause: error }));
      };
      const sending = (isSecure ? requestHttps : requestHttp)(url, {
        method,
        agent: this.#agents[isSecure ? "https:" : "http:"],
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, copyOf(value)])),
        timeout: timeoutMs,
        // Node.js would derive it from `Host`, which may be absent or repeated.
        ...(typeof headers["Host"] === "object" && { servername: new URL(url).hostname }),
      });
      let hasResponse = false;
      sending.on("response", (message) => {
        hasResponse = true;
        read(message).then(resolve, fail);
      });
      sending.on("timeout", () => sending.destroy(new Error(`no response within ${timeoutMs} ms`)));
      // After a response that arrived before the end of the body, the connection may be closed.
      sending.on("error", (error) => hasResponse || fail(error));
      // Node.js 20 then removes its own listener from the socket, so that a late error would end the process.
      sending.on("socket", (socket) => socket.listeners("error").includes(ignore) || socket.on("error", ignore));
      sendBody(sending);
    });
  }
}

function ignore(): void {}

/** Node.js adds no `Content-Length` to the body of a GET or a DELETE. */
function withLength(request: HttpRequest): HttpRequest {
  const { headers, body } = request;
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const isKnown = names.includes("content-length") || names.includes("transfer-encoding");
  if (body === undefined || isKnown) return request;
  return { ...request, headers: { ...headers, "Content-Length": String(Buffer.byteLength(body)) } };
}

function copyOf(value: string | readonly string[]): string | string[] {
  return typeof value === "string" ? value : [...value];
}

async function read(message: IncomingMessage): Promise<HttpResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  const headers: Record<string, readonly string[]> = {};
  for (const [name, values = []] of Object.entries(message.headersDistinct)) headers[name] = values;
  return { status: message.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}
