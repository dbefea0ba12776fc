import type { OperationId } from "@memory-api/types";
import type { Logger } from "../observability/logger.ts";
import type { RetryEvent, RetryOptions } from "../resilience/retry-options.ts";
import type { Fetch, FetchBody, FetchResponse } from "../transports/fetch.ts";
import type { Transport } from "../transports/web-fetch.ts";
import type { Credentials } from "./credentials.ts";
import type { HeaderOptions } from "./request-headers.ts";

/** Options of a client. */
export interface ClientOptions {
  /**
   * Sent as HTTP Basic with every call except the upload. A function is called before each attempt, so that it can renew the credentials.
   * `false` sends no credentials, for example from a browser whose own server adds them.
   *
   * @default `TWILIO_API_KEY` and `TWILIO_API_SECRET` of the environment, or `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`
   */
  readonly credentials?: Credentials | (() => Credentials | Promise<Credentials>) | false | undefined;
  /**
   * The URL of the API, without `/v1`.
   *
   * @default `MEMORY_BASE_URL` of the environment, or the live service
   */
  readonly baseUrl?: string | undefined;
  /**
   * Headers of every request to the origin of `baseUrl`, such as those that a gateway requires. The upload of a file does not get them,
   * since its URL can belong to another service. Values are redacted in errors like credentials.
   */
  readonly headers?: HeaderOptions | undefined;
  /**
   * The product of your application, such as `newsletter/2`. In the header `User-Agent`, it precedes the products of the client and of
   * the runtime. Browsers send their own header.
   */
  readonly userAgent?: string | undefined;
  /**
   * Replaces the transport.
   *
   * @default the transport that the option `transport` selects
   */
  readonly fetch?: Fetch | undefined;
  /**
   * Which transport of the platform sends the requests.
   *
   * - `"fetch"`: `globalThis.fetch`.
   * - `"node-http"`: `node:http` and `node:https` of Node.js, with their global agents. Uploads of files still use `globalThis.fetch`.
   * - `"auto"`: on Node.js `"node-http"`, which needs less CPU time, unless `globalThis.fetch` or its dispatcher was replaced, for example
   *   by a proxy or a test double. Everywhere else `"fetch"`.
   *
   * @default "auto"
   */
  readonly transport?: Transport | undefined;
  /**
   * Time limit of one attempt, its response body included, in milliseconds.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * Time limit of a call with all its attempts and pauses, in milliseconds.
   *
   * @default 120_000
   */
  readonly deadline?: number | undefined;
  /**
   * The largest response body to read, in bytes after decoding. A call whose response is larger rejects with a ResponseTooLargeError and
   * is not retried. `Infinity` removes the limit.
   *
   * @default 67_108_864 (64 MiB)
   */
  readonly maxResponseBytes?: number | undefined;
  /** Retries of a call. `false` disables them. */
  readonly retry?: RetryOptions | false | undefined;
  /** Called before the pause that precedes each retry. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Wraps each attempt. The first middleware is the outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Receives an entry for each attempt, without IDs, bodies or credentials. */
  readonly logger?: Logger | undefined;
}

/** Options of one call. They replace those of the client. */
export interface CallOptions extends Pick<ClientOptions, "timeout" | "deadline" | "retry"> {
  /** Aborts the call immediately. The call rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /** Headers of the requests of this call, in addition to those of the client. They replace headers of the same name. */
  readonly headers?: HeaderOptions | undefined;
}

/** The request of one attempt. */
export interface MemoryRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: FetchBody | undefined;
  /** Aborted when the call is aborted, and when a time limit is reached. */
  readonly signal: AbortSignal;
}

/** The call that an attempt belongs to. */
export interface AttemptContext {
  readonly operationId: OperationId;
  /** The path of the contract, such as `/v1/Stores/{storeId}/Profiles`, without IDs. */
  readonly pathTemplate: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/**
 * Wraps each attempt. A middleware can change the request, read or replace the response, and respond without sending.
 *
 * @example
 * const traced: Middleware = (request, next) =>
 *   next({ ...request, headers: { ...request.headers, "X-Trace": crypto.randomUUID() } });
 */
export type Middleware = (
  request: MemoryRequest,
  next: (request: MemoryRequest) => Promise<FetchResponse>,
  context: AttemptContext,
) => Promise<FetchResponse>;
