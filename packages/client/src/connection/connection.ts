import { baseUrl as liveBaseUrl } from "@memory-api/types";
import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";
import { checkedNumber } from "../resilience/checked-number.ts";
import { RatePause, RetryBudget } from "../resilience/shared-limits.ts";
import type { Fetch } from "../transports/fetch.ts";
import { platformFetch } from "../transports/platform-fetch.ts";
import type { ClientOptions } from "./client-options.ts";
import { basicAuthorization, environmentBaseUrl, environmentCredentials } from "./credentials.ts";
import { type Environment, machine } from "./environment.ts";

const MAX_RESPONSE_BYTES = 64 * 2 ** 20;

/** What the calls of a client share. Made by {@link createConnection}; its parts are not for use. */
export interface Connection {
  /** @internal Without the credentials: whoever prints a connection does not mean to print them. */
  readonly options: Omit<ClientOptions, "credentials">;
  /** Where the API is, without a slash at the end. */
  readonly baseUrl: string;
  /** @internal */
  readonly environment: Environment;
  /** @internal */
  readonly budget: RetryBudget;
  /** @internal */
  readonly pause: RatePause;
  /** @internal The value of the `Authorization` header; `undefined` to send none. */
  authorization(): Promise<string> | string | undefined;
  /** @internal */
  readonly fetch: Fetch;
  /** @internal */
  readonly maxResponseBytes: number;
}

/**
 * What the standalone functions take first: the credentials, the address, and what all calls share. Making one sends nothing.
 *
 * @throws {TypeError} if there are no credentials, neither given nor in the environment
 * @throws {InvalidParameterError} if the base URL or `maxResponseBytes` is invalid, or credentials lack a part
 *
 * @example
 * const connection = createConnection({ credentials: { apiKey: "SK…", apiSecret: "…" } });
 * const profile = await fetchProfile(connection, { path: { storeId, profileId } });
 */
export function createConnection(options: ClientOptions = {}): Connection {
  return connectionWith(machine, options);
}

/** @internal The same on another machine than this one. */
export function connectionWith(environment: Environment, { credentials, ...options }: ClientOptions): Connection {
  return {
    options,
    baseUrl: checkedBaseUrl(options.baseUrl ?? environmentBaseUrl() ?? liveBaseUrl),
    environment,
    budget: new RetryBudget(),
    pause: new RatePause(environment),
    authorization: authorizer(credentials ?? environmentCredentials()),
    fetch: options.fetch ?? platformFetch,
    maxResponseBytes: checkedNumber("maxResponseBytes", options.maxResponseBytes ?? MAX_RESPONSE_BYTES, 1),
  };
}

function authorizer(credentials: NonNullable<ClientOptions["credentials"]>): Connection["authorization"] {
  if (credentials === false) return () => undefined;
  if (typeof credentials === "function") return async () => basicAuthorization(await credentials());
  const value = basicAuthorization(credentials);
  return () => value;
}

function checkedBaseUrl(given: string): string {
  if (!/^https?:\/\/[^/?#\s]+[^?#\s]*$/i.test(given) || given.includes("@")) {
    throw new InvalidParameterError(
      "baseUrl",
      "must be an absolute URL of HTTP, without credentials, query or fragment",
    );
  }
  return given.replace(/\/+$/, "");
}
