import type { Fetch, FetchBody } from "../transports/fetch.ts";

/** Headers of an answer, by names in any case. */
export interface PlainHeaders {
  get(name: string): string | null;
}

/**
 * Headers of an answer; those that the contract promises for it are there.
 *
 * @typeParam Documented the headers that the contract has for this answer
 */
export type ResponseHeaders<Documented = unknown> = [PromisedOf<Documented>] extends [never]
  ? PlainHeaders
  : {
      get(name: PromisedOf<Documented>): string;
      get(name: string): string | null;
    };

type PromisedOf<Documented> = {
  [Name in keyof Documented]-?: undefined extends Documented[Name] ? never : Name;
}[keyof Documented];

/** The ID that a service gave to a request: ours and the live one call it differently. */
export function requestIdOf(headers: ResponseHeaders): string | undefined {
  return headers.get("x-request-id") ?? headers.get("twilio-request-id") ?? undefined;
}

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

/** A success. */
export interface SuccessfulResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Not read yet; `""` where it is empty. */
  readonly body: string;
  readonly attempts: number;
}
