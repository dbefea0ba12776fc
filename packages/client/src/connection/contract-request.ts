import type { Fetch, FetchBody } from "../transports/fetch.ts";
import type { Target } from "./url-of.ts";

/** A request of the contract, before it is one of HTTP. */
export interface ContractRequest extends Target {
  readonly headers: Record<string, string>;
  readonly body?: FetchBody | undefined;
  /** In place of the connection's. */
  readonly fetch?: Fetch | undefined;
}
