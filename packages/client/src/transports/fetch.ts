/** The body of a request. */
export type FetchBody = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array<ArrayBuffer>>;

/** The options of a request: a part of the platform's `RequestInit`. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: FetchBody;
  /** `manual`: the transport returns a redirect as it is. `follow` is used only where a browser hides redirects. */
  redirect: "manual" | "follow";
  signal: AbortSignal;
  /** Set if the body is a stream. */
  duplex?: "half";
  /** The most bytes of a decoded response body that the client accepts. A transport that collects the body should stop there. */
  maxResponseBytes?: number;
}

/** The properties of a response that the client reads: a part of the platform's `Response`. */
export interface FetchResponse {
  readonly status: number;
  readonly ok: boolean;
  /** `opaqueredirect` if a browser hides a redirect. */
  readonly type?: string;
  /** If the headers can be iterated, as those of every `fetch`, the client lists them all in its responses and errors. */
  readonly headers: { get(name: string): string | null };
  /** If it is a `ReadableStream`, the client reads it instead of calling `text`, so that it can stop at `maxResponseBytes`. */
  readonly body?: unknown;
  /** Whether `body` was already read. */
  readonly bodyUsed?: boolean;
  text(): Promise<string>;
}

/** Sends a request and resolves to the response. The platform's `fetch` is one. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;
