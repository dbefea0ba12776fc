import type { IncomingHttpHeaders } from "node:http";
import type { Attributes, Span } from "@opentelemetry/api";

/** What the span of a request says about it. */
export interface TracedRequest {
  readonly operation: string;
  readonly method: string;
  /** The path template of the operation. */
  readonly route: string;
  readonly protocol: string;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
}

/** How the request ended. A name that is not known is absent. */
export interface TracedResponse {
  readonly status: number;
  readonly account?: string;
  readonly store?: string;
}

/**
 * The spans of a server, for OpenTelemetry. They have the attributes of its semantic conventions, except for those with URLs, addresses
 * or other values of a request, which may contain secrets or personal data.
 */
export class Tracing {
  readonly #api: typeof import("@opentelemetry/api");
  readonly #shutDown: () => Promise<void>;

  /** @param shutDown exports the spans that have ended, and does not reject */
  constructor(api: typeof import("@opentelemetry/api"), shutDown: () => Promise<void>) {
    this.#api = api;
    this.#shutDown = shutDown;
  }

  /** Begins the span of a request, which continues the trace of its `traceparent`. */
  begin({ operation, method, route, protocol, headers, requestId }: TracedRequest): Span {
    const { propagation, ROOT_CONTEXT, SpanKind } = this.#api;
    const attributes: Attributes = {
      "http.request.method": method,
      "http.route": route,
      "url.scheme": protocol,
      "memory.request_id": requestId,
    };
    const caller = propagation.extract(ROOT_CONTEXT, headers);
    return this.#tracer.startSpan(operation, { kind: SpanKind.SERVER, attributes }, caller);
  }

  /** Runs work whose spans are children of this one. */
  inside(span: Span, work: () => void): void {
    const { context, ROOT_CONTEXT, trace } = this.#api;
    context.with(trace.setSpan(ROOT_CONTEXT, span), work);
  }

  end(span: Span, { status, account, store }: TracedResponse): void {
    span.setAttributes({
      "http.response.status_code": status,
      ...(account !== undefined && { "memory.account": account }),
      ...(store !== undefined && { "memory.store": store }),
      ...(status >= 500 && { "error.type": String(status) }),
    });
    if (status >= 500) span.setStatus({ code: this.#api.SpanStatusCode.ERROR });
    span.end();
  }

  /** Does the work in a child span of the current one. Without one, there is no span. */
  child<Result>(name: string, attributes: Attributes, work: () => Promise<Result>): Promise<Result> {
    return this.#api.trace.getActiveSpan() === undefined ? work() : this.#measure(name, { attributes }, work);
  }

  /** Does the work in the first span of a new trace. */
  root<Result>(name: string, attributes: Attributes, work: () => Promise<Result>): Promise<Result> {
    return this.#measure(name, { attributes, root: true }, work);
  }

  /** Does the work, which outlives the request that causes it, in no span. */
  outside<Result>(work: () => Result): Result {
    return this.#api.context.with(this.#api.ROOT_CONTEXT, work);
  }

  stop(): Promise<void> {
    return this.#shutDown();
  }

  get #tracer() {
    return this.#api.trace.getTracer("@memory-api/server");
  }

  #measure<Result>(
    name: string,
    options: { readonly attributes: Attributes; readonly root?: boolean },
    work: () => Promise<Result>,
  ): Promise<Result> {
    return this.#tracer.startActiveSpan(name, options, async (span) => {
      try {
        return await work();
      } catch (error) {
        // Without the message, which may quote a value.
        span.setAttribute("error.type", error instanceof Error ? error.name : "unknown");
        span.setStatus({ code: this.#api.SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
  }
}
