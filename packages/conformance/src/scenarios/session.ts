import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { OperationId } from "@memory-api/types";
import { checkResponse } from "../checks/response-checks.ts";
import type { Contract } from "../contract/contract.ts";
import type { Source, Violation } from "../findings/finding.ts";
import type { Person } from "../findings/people.ts";
import { type Exchange, type HttpRequest, headerOf, jsonOf } from "../http/exchange.ts";
import type { HttpConnection } from "../http/http-connection.ts";
import type { Account, Target } from "../target.ts";
import { StopScenario } from "./stop-scenario.ts";

/** The parts of a request that differ from the simplest valid one. */
export interface Call {
  /** Path parameters by name. The store of the account is added. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is a string or bytes. */
  readonly body?: unknown;
  /** @default the account of the target; `null` sends no credentials */
  readonly account?: Account | null;
}

export interface SessionOptions {
  readonly contract: Contract;
  readonly target: Target;
  readonly connection: HttpConnection;
  /** Chooses the identities of people. Different for each attempt. */
  readonly identity: string;
  readonly onExchange: (operationId: OperationId | undefined, exchange: Exchange) => void;
}

export interface ReportedViolation {
  readonly violation: Violation;
  readonly exchanges: readonly Exchange[];
  /** Whether each exchange is needed to show it. Otherwise, they are all exchanges of the scenario until then. */
  readonly isEvidence: boolean;
}

const POLL_MS = 20;
/** A retry after a 429 waits at most so long, in seconds. */
const MAX_RETRY_AFTER = 60;
/** A timer may fire slightly early. */
const RETRY_MARGIN_MS = 10;
/** Retries of one request after a 429. Other requests may use up the limit meanwhile. */
const MAX_RETRIES = 50;

/** What a scenario sends, and what it observed. */
export class Session {
  readonly contract: Contract;
  readonly target: Target;
  readonly exchanges: Exchange[] = [];
  readonly violations: ReportedViolation[] = [];
  /** Milliseconds until each accepted write was visible. */
  readonly lags: number[] = [];
  /** Why the scenario cannot be run on this target. */
  notRunReason: string | undefined;
  /** What a person should know, and is no violation. */
  readonly notes: string[] = [];
  /** The people whose identifiers it chose. */
  readonly people: Person[] = [];
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.contract = options.contract;
    this.target = options.target;
  }

  /** Sends a request of an operation, and checks its response against the contract. Waits and repeats after a 429 unless `keep429`. */
  async send(id: OperationId, call: Call = {}, options: { readonly keep429?: boolean } = {}): Promise<Exchange> {
    return this.sendRaw(this.requestOf(id, call), id, options);
  }

  /** Sends a request as it is. @param id the operation that its response is checked against; without one, only the error body is */
  async sendRaw(
    request: HttpRequest,
    id?: OperationId,
    options: { readonly keep429?: boolean } = {},
  ): Promise<Exchange> {
    const { connection } = this.#options;
    this.#expectAllowedOrigin(request);
    let sentBefore: number | undefined;
    for (let retries = 0; ; retries++) {
      const isAlone = connection.sent === sentBefore;
      const exchange = await connection.send(request);
      this.#observe(exchange, id);
      if (isAlone && exchange.response.status === 429) this.#reportEarlyRetry(id);
      const seconds = secondsIn(headerOf(exchange.response, "retry-after"));
      const isLimited = exchange.response.status === 429 && options.keep429 !== true;
      if (!isLimited || retries === MAX_RETRIES || !(seconds <= MAX_RETRY_AFTER)) return exchange;
      sentBefore = connection.sent;
      await delay(seconds * 1000 + RETRY_MARGIN_MS);
    }
  }

  /** The last two exchanges are a 429, and the same request after its `Retry-After`, with no other request between them. */
  #reportEarlyRetry(id: OperationId | undefined): void {
    const exchanges = this.exchanges.slice(-2);
    const wait = exchanges[0] && headerOf(exchanges[0].response, "retry-after");
    const violation = {
      code: "retry-after-too-short",
      ...(id !== undefined && { operationId: id }),
      expected: `a status other than 429 after the ${wait} s of Retry-After`,
      received: "status 429",
      source: { kind: "contract", pointer: "/components/responses/TooManyRequests" },
    } as const;
    this.report(violation, exchanges);
  }

  /**
   * Sends a request whose body pauses in the middle.
   *
   * @param pause resolves with whether to send the rest; if not, the connection is closed
   * @returns `undefined` if the connection was closed
   */
  async sendInParts(
    request: HttpRequest,
    id: OperationId,
    pause: () => Promise<boolean>,
  ): Promise<Exchange | undefined> {
    this.#expectAllowedOrigin(request);
    const exchange = await this.#options.connection.sendInParts(request, pause);
    if (exchange !== undefined) this.#observe(exchange, id);
    return exchange;
  }

  /** An upload URL can name any host, which may belong to somebody else. */
  #expectAllowedOrigin({ url }: HttpRequest): void {
    const { baseUrl, controlUrl = baseUrl, allowsOtherOrigins } = this.target;
    const { origin } = new URL(url);
    if (allowsOtherOrigins || [baseUrl, controlUrl].some((allowed) => new URL(allowed).origin === origin)) return;
    this.notRun(`an upload URL leads to ${origin}, not to the target: to send requests there, add --i-own-this-target`);
  }

  #observe(exchange: Exchange, id: OperationId | undefined): void {
    this.exchanges.push(exchange);
    this.#options.onExchange(id, exchange);
    for (const violation of checkResponse(this.contract, id, exchange)) this.report(violation);
  }

  /** The request that `send` would send. */
  requestOf(id: OperationId, call: Call = {}): HttpRequest {
    const entry = this.contract.operation(id);
    const account = call.account === undefined ? this.target.account : call.account;
    const path: Readonly<Record<string, string>> = { storeId: this.target.account.storeId, ...call.path };
    const pathname = entry.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(path[name] ?? ""));
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(call.query ?? {})) query.append(name, String(value));
    const search = query.size > 0 ? `?${query}` : "";
    const [mediaType] = Object.keys(entry.requestSchemas);
    const { body } = call;
    const isText = typeof body === "string" || body instanceof Uint8Array;
    return {
      method: entry.method,
      url: `${this.target.baseUrl}${pathname}${search}`,
      headers: {
        ...(account && entry.isAuthenticated && { Authorization: basic(account) }),
        ...(body !== undefined && mediaType !== undefined && { "Content-Type": mediaType }),
        ...call.headers,
      },
      ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
    };
  }

  /**
   * Reports what is wrong with the last exchange.
   *
   * @param evidence the exchanges that show it; by default, those that the last one depends on
   */
  report(violation: Violation, evidence?: readonly Exchange[]): void {
    const exchanges = evidence ?? [...this.exchanges];
    this.violations.push({ violation, exchanges, isEvidence: evidence !== undefined });
  }

  /** Reports a violation, and ends the scenario. */
  fail(violation: Violation): never {
    this.report(violation);
    throw new StopScenario(violation.code);
  }

  /** Ends a scenario that cannot be run on this target. The report names it, with the reason. */
  notRun(reason: string): never {
    this.notRunReason = reason;
    throw new StopScenario(reason);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** Fails unless the response has one of the statuses. Another success than the expected one is only an undocumented status. */
  expectStatus(code: string, id: OperationId, exchange: Exchange, statuses: readonly number[], source: Source): void {
    const { status } = exchange.response;
    if (statuses.includes(status)) return;
    const isSuccess = status < 300 && statuses.some((each) => each < 300);
    if (isSuccess && this.#isReported("undocumented-status", exchange)) return;
    this.fail({
      code,
      operationId: id,
      expected: `status ${statuses.join(" or ")}`,
      received: describeResponse(exchange),
      source,
    });
  }

  #isReported(code: string, exchange: Exchange): boolean {
    return this.violations.some(({ violation, exchanges }) => violation.code === code && exchanges.at(-1) === exchange);
  }

  /** A new email address and phone number. No other scenario or attempt has them. */
  person(): Person {
    const digest = createHash("sha256").update(`${this.#options.identity}/${this.people.length}`).digest();
    // Numbers of the United States that can be assigned: area 201 to 989, exchange 200 to 999.
    const number = digest.readUInt32BE(0);
    const area = 201 + (number % 700);
    const exchange = 200 + (digest.readUInt32BE(4) % 790);
    const line = String(digest.readUInt32BE(8) % 10_000).padStart(4, "0");
    const person = { email: `${digest.toString("hex", 12, 22)}@example.com`, phone: `+1${area}${exchange}${line}` };
    this.people.push(person);
    return person;
  }

  /**
   * Repeats a read until it returns a value, as long as an accepted write may take to become visible.
   *
   * @param acceptedAt when the write was accepted, by `performance.now()`; by default, just before this call
   * @returns `undefined` if it did not become visible in time
   */
  async eventually<Result>(
    read: () => Promise<Result | undefined>,
    acceptedAt: number = performance.now(),
  ): Promise<Result | undefined> {
    const startedAt = performance.now();
    // Otherwise, a first read that succeeds does not tell when the write became visible.
    let isLagKnown = startedAt - acceptedAt <= POLL_MS;
    for (;;) {
      const result = await read();
      const now = performance.now();
      if (result !== undefined) {
        if (isLagKnown) this.lags.push(now - acceptedAt);
        return result;
      }
      isLagKnown = true;
      if (now - startedAt > (this.target.isImmediate ? 0 : this.target.eventualWithinMs)) return undefined;
      await delay(POLL_MS);
    }
  }
}

/** @returns `NaN` unless it is a number of whole seconds */
function secondsIn(retryAfter = ""): number {
  return /^\d+$/.test(retryAfter) ? Number(retryAfter) : Number.NaN;
}

export function basic({ username, password }: Account): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** The status and the beginning of the body, for a finding. */
export function describeResponse({ response }: Exchange): string {
  const { message } = Object(jsonOf(response));
  const text = typeof message === "string" ? `: ${message}` : "";
  return `status ${response.status}${text}`.slice(0, 500);
}
