import type { Fetch, FetchBody } from "../transports/fetch.ts";

/** The request of an attempt, before middleware. */
export interface ContractRequest {
  readonly method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  readonly url: string;
  readonly pathParameters?: Record<string, string> | undefined;
  readonly headers: Record<string, string>;
  readonly body?: FetchBody | undefined;
  /** Replaces the transport of the connection. */
  readonly fetch?: Fetch | undefined;
}
