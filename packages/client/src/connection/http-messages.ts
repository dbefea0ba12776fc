import type { Fetch, FetchBody, FetchResponse } from "../transports/fetch.ts";

/** Response headers. Names are case-insensitive. */
export interface PlainHeaders {
  get(name: string): string | null;
  /** All headers as pairs of a lower-case name and a value, with one pair for each cookie. */
  [Symbol.iterator](): Iterator<[name: string, value: string]>;
}

/**
 * Response headers. `get` returns a string for the headers that the contract guarantees.
 *
 * @typeParam Documented the headers that the contract documents for the response
 */
export type ResponseHeaders<Documented = unknown> = [GuaranteedOf<Documented>] extends [never]
  ? PlainHeaders
  : {
      get(name: GuaranteedOf<Documented>): string;
      get(name: string): string | null;
    } & Iterable<[name: string, value: string]>;

type GuaranteedOf<Documented> = {
  [Name in keyof Documented]-?: undefined extends Documented[Name] ? never : Name;
}[keyof Documented];

/** The request of one attempt, before middleware. */
export interface ContractRequest {
  readonly method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  readonly url: string;
  readonly pathParameters?: Record<string, string> | undefined;
  readonly headers: Record<string, string>;
  readonly body?: FetchBody | undefined;
  /** Replaces the transport of the connection. */
  readonly fetch?: Fetch | undefined;
}

/** A 2xx response whose body is not parsed yet. */
export interface SuccessfulResponse {
  readonly status: number;
  readonly headers: PlainHeaders;
  /** `""` if it is empty. */
  readonly body: string;
  readonly attempts: number;
}

/** The ID that the service gave to the request. The live service and this project's server use different headers. */
export function requestIdOf(headers: PlainHeaders): string | undefined {
  return headers.get("x-request-id") ?? headers.get("twilio-request-id") ?? undefined;
}

/** Headers that are looked up in a response of a transport that cannot list its headers. */
const KNOWN_HEADERS = [
  "accept-encoding",
  "allow",
  "canonical-profile-id",
  "content-type",
  "deprecation",
  "location",
  "retry-after",
  "sunset",
  "twilio-request-id",
  "www-authenticate",
  "x-request-id",
];

/** Returns headers that can be iterated. Of a custom transport whose headers have only `get`, those that the contract documents. */
export function iterableHeaders(headers: FetchResponse["headers"]): PlainHeaders {
  if (isIterable(headers)) return headers;
  const get = (name: string) => headers.get(name);
  return {
    get,
    *[Symbol.iterator]() {
      for (const name of KNOWN_HEADERS) {
        const value = get(name);
        if (value !== null) yield [name, value];
      }
    },
  };
}

function isIterable(headers: FetchResponse["headers"]): headers is PlainHeaders {
  return Symbol.iterator in headers;
}

/** Statuses whose response has no body (Fetch standard, "null body status"). */
const WITHOUT_BODY = [204, 205, 304];

/** Returns the platform's `Response` with all headers except those that describe the body before it was decoded. */
export function platformResponse(status: number, headers: PlainHeaders, body: string): Response {
  const listed = [...headers].filter(([name]) => name !== "content-encoding" && name !== "content-length");
  // For a string, the platform would add a Content-Type if none was received.
  const bytes = new TextEncoder().encode(body);
  return new Response(WITHOUT_BODY.includes(status) ? null : bytes, { status, headers: listed });
}
