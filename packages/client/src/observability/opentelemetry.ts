import {
  type Attributes,
  context,
  type Histogram,
  type MeterProvider,
  metrics,
  propagation,
  SpanKind,
  SpanStatusCode,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import type { Middleware } from "../connection/client-options.ts";

/** Where spans and metrics go. */
export interface OpenTelemetryOptions {
  /** @default the global one */
  readonly tracerProvider?: TracerProvider | undefined;
  /** @default the global one, as it is at the first attempt */
  readonly meterProvider?: MeterProvider | undefined;
}

const SCOPE = "@memory-api/client";

/** The bounds, in seconds, that the conventions advise. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * A middleware that makes a client span of each attempt and measures how long it takes until the answer begins, by the stable
 * semantic conventions for HTTP. It needs the package `@opentelemetry/api`.
 *
 * A call with retries is several spans side by side, told apart by `http.request.resend_count`: a middleware sees no more than an
 * attempt. Whoever wants one span around them makes it around the call. Where a transport has an instrumentation of its own, such
 * as one for undici, its spans come to lie within these.
 *
 * @example
 * const memory = createMemoryClient({ middleware: [openTelemetry()] });
 */
export function openTelemetry({ tracerProvider, meterProvider }: OpenTelemetryOptions = {}): Middleware {
  let duration: Histogram | undefined;
  return async (request, next, { operationId, pathTemplate, attempt }) => {
    // Not before: the global provider of metrics, unlike that of spans, is of no use to those who asked before it was set.
    duration ??= durationOf(meterProvider ?? metrics);
    const { method } = request;
    const { origin, protocol, hostname, port } = new URL(request.url);
    const attributes: Attributes = {
      "http.request.method": method,
      "server.address": hostname,
      "server.port": Number(port) || (protocol === "https:" ? 443 : 80),
      "url.template": pathTemplate,
    };
    const span = (tracerProvider ?? trace).getTracer(SCOPE).startSpan(`${method} ${pathTemplate}`, {
      kind: SpanKind.CLIENT,
      attributes: {
        ...attributes,
        // The conventions ask for it. The path and the query would show IDs and the signature of an upload.
        "url.full": origin + pathTemplate,
        ...(attempt > 1 && { "http.request.resend_count": attempt - 1 }),
      },
    });
    const active = trace.setSpan(context.active(), span);
    const headers = { ...request.headers };
    // Where files are kept nobody goes on with a trace, and a browser sends them no header that they have not allowed.
    if (operationId !== "uploadImportFile") propagation.inject(active, headers);
    const outcome: Attributes = {};
    const start = performance.now();
    try {
      const response = await context.with(active, () => next({ ...request, headers }));
      outcome["http.response.status_code"] = response.status;
      if (response.status >= 400) outcome["error.type"] = String(response.status);
      return response;
    } catch (error) {
      outcome["error.type"] = kindOf(error);
      throw error;
    } finally {
      duration.record((performance.now() - start) / 1000, { ...attributes, ...outcome }, active);
      if (outcome["error.type"] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttributes(outcome).end();
    }
  };
}

function durationOf(provider: MeterProvider): Histogram {
  return provider.getMeter(SCOPE).createHistogram("http.client.request.duration", {
    description: "Duration of HTTP client requests.",
    unit: "s",
    advice: { explicitBucketBoundaries: BOUNDS },
  });
}

/** A word of few: `ECONNREFUSED`, `TimeLimitError`, `AbortError`. */
function kindOf(error: unknown): string {
  const { code, name } = Object(error);
  return [code, name].find((word) => typeof word === "string") ?? "_OTHER";
}
