import { baseUrl as liveBaseUrl } from "@memory-api/types";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";
import { checkedNumber } from "../resilience/checked-number.ts";
import { retryRules } from "../resilience/retry-options.ts";
import { RatePause, RetryBudget } from "../resilience/shared-limits.ts";
import { timeLimits } from "../resilience/time-limits.ts";
import type { Fetch } from "../transports/fetch.ts";
import { platformTransport } from "../transports/platform-fetch.ts";
import type { ClientOptions } from "./client-options.ts";
import { basicAuthorization, environmentBaseUrl, environmentCredentials } from "./credentials.ts";
import { type Environment, systemEnvironment } from "./environment.ts";
import { userAgentHeaders, withHeaders } from "./request-headers.ts";

const MAX_RESPONSE_BYTES = 64 * 2 ** 20;

/** The state that the calls of a client share. Create one with {@link createConnection}; its properties are internal. */
export interface Connection {
  /** @internal Without the credentials, so that printing a connection does not reveal them. */
  readonly options: Omit<ClientOptions, "credentials">;
  /** The URL of the API, without a slash at the end. */
  readonly baseUrl: string;
  /** @internal */
  readonly environment: Environment;
  /** @internal */
  readonly budget: RetryBudget;
  /** @internal */
  readonly pause: RatePause;
  /** @internal The deprecated operations that are already logged. */
  readonly deprecated: Set<string>;
  /** @internal Returns the value of the `Authorization` header; `undefined` to send none. */
  authorization(): Promise<string> | string | undefined;
  /** @internal The product names of the client, which every request gets. */
  readonly userAgent: Record<string, string>;
  /** @internal */
  readonly fetch: Fetch;
  /** @internal */
  readonly maxResponseBytes: number;
}

/**
 * Creates the first argument of the standalone functions: credentials, URL, and the state that their calls share. Creating it sends
 * nothing.
 *
 * @throws {TypeError} if there are no credentials in the options or the environment
 * @throws {InvalidParameterError} if an option is invalid
 *
 * @example
 * const connection = createConnection({ credentials: { apiKey: "SK…", apiSecret: "…" } });
 * const profile = await fetchProfile(connection, { path: { storeId, profileId } });
 */
export function createConnection(options: ClientOptions = {}): Connection {
  return connectionWith(systemEnvironment, options);
}

/** @internal Creates a connection whose time and randomness can be replaced. */
export function connectionWith(environment: Environment, { credentials, ...options }: ClientOptions): Connection {
  return {
    ...derivedFrom(options),
    environment,
    authorization: authorizer(credentials ?? environmentCredentials()),
    budget: new RetryBudget(),
    pause: new RatePause(environment),
    deprecated: new Set(),
  };
}

/**
 * Returns a connection with other options. It shares the pause after a 429 and the retry budget with the original, unless it calls
 * another service or uses other credentials.
 *
 * @throws {InvalidParameterError} if an option is invalid
 */
export function withOptions(connection: Connection, { credentials, ...changed }: ClientOptions): Connection {
  const { environment } = connection;
  const isSameCaller = credentials === undefined && changed.baseUrl === undefined;
  return {
    ...connection,
    ...derivedFrom({ baseUrl: connection.baseUrl, ...connection.options, ...defined(changed) }),
    ...(credentials !== undefined && { authorization: authorizer(credentials) }),
    ...(!isSameCaller && { budget: new RetryBudget(), pause: new RatePause(environment) }),
  };
}

/** Without the options that are `undefined`, which leave those of the client as they are. */
function defined(options: ClientOptions): ClientOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function derivedFrom(options: Connection["options"]) {
  const { baseUrl, headers, userAgent, fetch, transport, middleware = [], retry, maxResponseBytes } = options;
  if (fetch !== undefined && typeof fetch !== "function")
    throw new InvalidParameterError("fetch", "must be a function");
  if (!Array.isArray(middleware)) throw new InvalidParameterError("middleware", "must be an array");
  if (fetch !== undefined && transport !== undefined) {
    throw new InvalidParameterError("transport", "cannot be combined with the option fetch, which replaces it");
  }
  // What is invalid fails here, and not in the first call.
  withHeaders({}, headers);
  retryRules(retry);
  timeLimits(options);
  return {
    options,
    baseUrl: checkedBaseUrl(baseUrl ?? environmentBaseUrl() ?? liveBaseUrl),
    userAgent: userAgentHeaders(userAgent),
    fetch: fetch ?? platformTransport(transport),
    maxResponseBytes: checkedNumber("maxResponseBytes", maxResponseBytes ?? MAX_RESPONSE_BYTES, 1),
  };
}

function authorizer(credentials: NonNullable<ClientOptions["credentials"]>): Connection["authorization"] {
  if (credentials === false) return () => undefined;
  if (typeof credentials === "function") return async () => basicAuthorization(await credentials());
  const value = basicAuthorization(credentials);
  return () => value;
}

function checkedBaseUrl(given: string): string {
  if (!/^https?:\/\/[^/?#\s][^?#\s]*$/i.test(given) || given.includes("@")) {
    throw new InvalidParameterError("baseUrl", "must be an absolute HTTP URL without credentials, query or fragment");
  }
  return given.replace(/\/+$/, "");
}
