import type { AttemptContext, MemoryRequest } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import type { Fetch, FetchInit, FetchResponse } from "./fetch.ts";
import { noAnswer } from "./no-answer.ts";
import type { ContractRequest } from "./send.ts";

/**
 * Sends an attempt through the middleware to the transport.
 *
 * @throws {ConnectionError} if no answer came
 * @throws the reason of the signal, once it is aborted
 */
export function transmit(
  connection: Connection,
  { method, headers, body, fetch = connection.fetch }: ContractRequest,
  { url, redirect, signal }: Pick<FetchInit, "redirect" | "signal"> & { url: string },
  context: AttemptContext,
): Promise<FetchResponse> {
  const last = (request: MemoryRequest) => fetched(fetch, request, redirect, context);
  const chain = (connection.options.middleware ?? []).reduceRight<typeof last>(
    (next, middleware) => (request) => middleware(request, next, context),
    last,
  );
  return chain({ url, method, headers, body, signal });
}

async function fetched(
  fetch: Fetch,
  { url, method, headers, body, signal }: MemoryRequest,
  redirect: FetchInit["redirect"],
  context: AttemptContext,
): Promise<FetchResponse> {
  // Whoever looks on shall not take the end of a call for a connection that broke.
  const failed = (error: unknown) => (signal.aborted ? signal.reason : noAnswer(error, context));
  try {
    const init: FetchInit = { method, headers, redirect, signal };
    if (body !== undefined) init.body = body;
    if (isStream(body)) init.duplex = "half";
    const response = await fetch(url, init);
    return new WatchedResponse(response, failed);
  } catch (error) {
    throw failed(error);
  }
}

/** A connection can be cut while the body is read, too. */
class WatchedResponse implements FetchResponse {
  readonly #response: FetchResponse;
  readonly #failed: (error: unknown) => unknown;

  constructor(response: FetchResponse, failed: (error: unknown) => unknown) {
    this.#response = response;
    this.#failed = failed;
  }

  get status(): number {
    return this.#response.status;
  }

  get ok(): boolean {
    return this.#response.ok;
  }

  get type(): string {
    return this.#response.type ?? "default";
  }

  get headers(): FetchResponse["headers"] {
    return this.#response.headers;
  }

  async text(): Promise<string> {
    try {
      return await this.#response.text();
    } catch (error) {
      throw this.#failed(error);
    }
  }
}

function isStream(body: FetchInit["body"]): boolean {
  return typeof body === "object" && "getReader" in body;
}
