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

/** Options of {@link openTelemetry}. */
export interface OpenTelemetryOptions {
  /** @default the global provider */
  readonly tracerProvider?: TracerProvider | undefined;
  /** @default the global provider at the time of the first attempt */
  readonly meterProvider?: MeterProvider | undefined;
}

const SCOPE = "@memory-api/client";

/** The bucket bounds in seconds that the semantic conventions recommend. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * Creates a middleware that records a client span for each attempt and measures the time until the response begins, following the stable
 * semantic conventions for HTTP. It requires the package `@opentelemetry/api`.
 *
 * A call with retries has one span per attempt, distinguished by `http.request.resend_count`, because a middleware sees only attempts. To
 * group them, start a span around the call. Spans of an instrumented transport, such as undici, are children of these spans.
 *
 * @example
 * const memory = createMemoryClient({ middleware: [openTelemetry()] });
 */
export function openTelemetry({ tracerProvider, meterProvider }: OpenTelemetryOptions = {}): Middleware {
  let duration: Histogram | undefined;
  return async (request, next, { operationId, pathTemplate, attempt }) => {
    // Not earlier: unlike the global tracer provider, a global meter provider that is set later has no effect on existing meters.
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
        // The conventions require it. The path and the query would reveal IDs and the signature of an upload.
        "url.full": origin + pathTemplate,
        ...(attempt > 1 && { "http.request.resend_count": attempt - 1 }),
      },
    });
    const active = trace.setSpan(context.active(), span);
    const headers = { ...request.headers };
    // A storage service does not continue a trace, and a browser asks it for permission before it sends another header.
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

/** A value of low cardinality, such as `ECONNREFUSED`, `TimeLimitError` or `AbortError`. */
function kindOf(error: unknown): string {
  const { code, name } = Object(error);
  return [code, name].find((word) => typeof word === "string") ?? "_OTHER";
}
