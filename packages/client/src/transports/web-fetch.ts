import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";
import type { Fetch } from "./fetch.ts";

/** The names of the transports of the platform; see the option `transport` of a client. */
export type Transport = "auto" | "fetch" | "node-http";

/** The `fetch` that the platform has at the time of the call, so that a replacement takes effect. */
export const webFetch: Fetch = (url, init) =>
  // With its own credentials, a browser asks the user for a password after a 401.
  globalThis.fetch(url, { ...init, credentials: "omit" });

/**
 * Returns the transport of platforms without `node:http`.
 *
 * @throws {InvalidParameterError} for `"node-http"`
 */
export function webTransport(transport: Transport = "auto"): Fetch {
  checkTransport(transport, false);
  return webFetch;
}

/** @throws {InvalidParameterError} if there is no such transport */
export function checkTransport(transport: string, hasNodeHttp: boolean): void {
  if (transport === "auto" || transport === "fetch" || (transport === "node-http" && hasNodeHttp)) return;
  const reason =
    transport === "node-http"
      ? 'is "node-http", which needs Node.js 20.16 or later, and a bundle for Node.js'
      : 'must be "auto", "fetch" or "node-http"';
  throw new InvalidParameterError("transport", reason);
}
