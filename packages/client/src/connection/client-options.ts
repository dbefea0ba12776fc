import type { OperationId } from "@memory-api/types";
import type { Logger } from "../observability/logger.ts";
import type { RetryEvent, RetryOptions } from "../resilience/retry-options.ts";
import type { Fetch, FetchBody, FetchResponse } from "../transports/fetch.ts";
import type { Credentials } from "./credentials.ts";

/** How a client reaches the API, and how it holds out. */
export interface ClientOptions {
  /**
   * SentRequest as HTTP Basic with every call except the upload. A function is called before each attempt, so it can renew them. `false` sends
   * none: for a page whose own server adds them.
   *
   * @default from the environment: `TWILIO_API_KEY` and `TWILIO_API_SECRET`, or `TWILIO_ACCOUNT_SID` and `TWILIO_AUTH_TOKEN`
   */
  readonly credentials?: Credentials | (() => Credentials | Promise<Credentials>) | false | undefined;
  /**
   * Where the API is.
   *
   * @default `MEMORY_BASE_URL` of the environment, else the server of the contract, the live service
   */
  readonly baseUrl?: string | undefined;
  /**
   * Sends the requests.
   *
   * @default the platform's `fetch`; on Node.js, for all but files, `node:http`, which takes less time, unless `globalThis.fetch` or
   * its dispatcher was replaced
   */
  readonly fetch?: Fetch | undefined;
  /**
   * How long one attempt may take, its body included, in milliseconds.
   *
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * How long a call may take with all its attempts and pauses, in milliseconds.
   *
   * @default 120_000
   */
  readonly deadline?: number | undefined;
  /**
   * The largest response body to read, in bytes after decoding. A call whose response is larger rejects with a ResponseTooLargeError and
   * is not repeated. `Infinity` removes the limit.
   *
   * @default 67_108_864 (64 MiB)
   */
  readonly maxResponseBytes?: number | undefined;
  /** When and how often a call is sent again. `false`: never. */
  readonly retry?: RetryOptions | false | undefined;
  /** Told before each pause that ends in another attempt. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Stand around each attempt, the first one outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Told of each attempt. No IDs, bodies or credentials are in what it gets. */
  readonly logger?: Logger | undefined;
}

/** What can be said for one call alone. */
export interface CallOptions extends Pick<ClientOptions, "timeout" | "deadline" | "retry"> {
  /** Ends the call at once, wherever it is; it is rejected with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** One attempt, as it would be sent. */
export interface MemoryRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: FetchBody | undefined;
  /** Aborted when the call is, and when a time limit is reached. */
  readonly signal: AbortSignal;
}

/** What an attempt belongs to. */
export interface AttemptContext {
  readonly operationId: OperationId;
  /** The path of the contract, such as `/v1/Stores/{storeId}/Profiles`: without IDs. */
  readonly pathTemplate: string;
  /** 1 for the first. */
  readonly attempt: number;
}

/**
 * Sees each attempt, can change it, answer in its stead, or look at the answer.
 *
 * @example
 * const named: Middleware = (request, next) =>
 *   next({ ...request, headers: { ...request.headers, "User-Agent": "newsletter/2" } });
 */
export type Middleware = (
  request: MemoryRequest,
  next: (request: MemoryRequest) => Promise<FetchResponse>,
  context: AttemptContext,
) => Promise<FetchResponse>;
