/** A body that needs no more work, or one that is sent as it comes. */
export type FetchBody = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array<ArrayBuffer>>;

/** What a transport is told beside the URL: a part of the platform's `RequestInit`. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: FetchBody;
  /** `manual`: an answer that redirects is given back as it is. `follow` only where a browser does not show such an answer. */
  redirect: "manual" | "follow";
  signal: AbortSignal;
  /** With a stream as body. */
  duplex?: "half";
  /** The most bytes of a decoded response body that the client accepts. A transport that collects the body should stop there. */
  maxResponseBytes?: number;
}

/** What is read of an answer: a part of the platform's `Response`. */
export interface FetchResponse {
  readonly status: number;
  readonly ok: boolean;
  /** `opaqueredirect` where a browser hides a redirect. */
  readonly type?: string;
  readonly headers: {
    get(name: string): string | null;
    /** @internal All headers by lower-case name, in a response of our own transports. */
    readonly raw?: Record<string, string | string[] | undefined>;
  };
  /** If it is a `ReadableStream`, the client reads it instead of calling `text`, so that it can stop at `maxResponseBytes`. */
  readonly body?: unknown;
  /** Whether `body` was read already. */
  readonly bodyUsed?: boolean;
  text(): Promise<string>;
}

/** Sends a request and gives back the answer. The platform's `fetch` is one. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
