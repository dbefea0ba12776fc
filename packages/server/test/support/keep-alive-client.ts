import { once } from "node:events";
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import {
  type OperationId,
  operations,
  type PathOf,
  type QueryOf,
  type RequestOf,
  type ResponseOf,
  type StatusOf,
} from "@memory-api/types";
import { onTestFinished } from "vitest";
import { logins } from "./settings-for-tests.ts";

export interface Sent<Id extends OperationId> {
  readonly path: PathOf<Id>;
  readonly query?: QueryOf<Id>;
  readonly body?: RequestOf<Id>;
}

export type Received<Id extends OperationId> = {
  [Status in StatusOf<Id>]: {
    readonly status: Status;
    readonly headers: IncomingHttpHeaders;
    readonly body: ResponseOf<Id, Status>;
  };
}[StatusOf<Id>];

/** Sends many requests over persistent connections. It does not check responses against the contract. */
export class KeepAliveClient {
  readonly #url: string;
  readonly #agent: Agent;
  /** Number of requests sent. */
  sent = 0;

  /** Its connections are closed after the test. */
  constructor(url: string, connections = 64) {
    this.#url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    onTestFinished(() => this.#agent.destroy());
  }

  /** @throws {Error} a connection error, if there is no response */
  async send<Id extends OperationId>(id: Id, { path, query, body }: Sent<Id>): Promise<Received<Id>> {
    const { method, path: template } = operations[id];
    const target = template.replaceAll(/\{(\w+)\}/g, (_, name) => String(Reflect.get(path, name)));
    const response = await this.#exchange(
      method,
      target + searchOf(query),
      "application/json",
      body && JSON.stringify(body),
    );
    return response as Received<Id>;
  }

  /** Sends the file of an import to its URL. */
  async upload(url: string, csv: string): Promise<AnyResponse> {
    const { pathname, search } = new URL(url);
    return this.#exchange("PUT", pathname + search, "text/csv", csv);
  }

  /** @returns the status of the readiness endpoint; `undefined` if there is no response */
  async readiness(): Promise<number | undefined> {
    return this.#exchange("GET", "/health/ready").then(
      ({ status }) => status,
      () => undefined,
    );
  }

  async #exchange(method: string, path: string, type?: string, body?: string) {
    const payload = body === undefined ? undefined : Buffer.from(body);
    const outgoing = request(this.#url, {
      ...{ method, path, agent: this.#agent, auth: logins.owner.join(":") },
      headers: payload && type !== undefined ? { "content-type": type, "content-length": payload.length } : {},
    });
    outgoing.end(payload);
    this.sent++;
    const [incoming]: IncomingMessage[] = await once(outgoing, "response");
    if (incoming === undefined) throw new Error("There is no response.");
    const received = await text(incoming);
    return {
      status: incoming.statusCode ?? 0,
      headers: incoming.headers,
      body: received === "" ? undefined : JSON.parse(received),
    };
  }
}

/** A response of any operation. */
export interface AnyResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export class UnexpectedStatusError extends Error {
  override readonly name = "UnexpectedStatusError";
  readonly status: number;

  constructor(status: number, expected: number, body: unknown) {
    super(`Expected ${expected}, received ${status}: ${JSON.stringify(body)}`);
    this.status = status;
  }
}

/** Returns the body of a response. Throws unless it has the expected status. */
export function bodyOf<Each extends AnyResponse, Status extends Each["status"]>(
  { status, body }: Each,
  expected: Status,
): Extract<Each, { status: Status }>["body"] {
  if (status !== expected) throw new UnexpectedStatusError(status, expected, body);
  return body;
}

function searchOf(query: object | undefined): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) parameters.set(name, String(value));
  return parameters.size === 0 ? "" : `?${parameters}`;
}
