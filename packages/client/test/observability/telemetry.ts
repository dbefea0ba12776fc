import { AsyncLocalStorage } from "node:async_hooks";
import { type Context, type ContextManager, context, propagation, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";

/** Spans and metrics that stay in memory. */
export function telemetry() {
  const spans = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter });
  const meterProvider = new MeterProvider({ readers: [reader] });
  return {
    tracerProvider,
    meterProvider,
    spans: () => spans.getFinishedSpans(),
    async metrics() {
      await reader.forceFlush();
      return (
        exporter
          .getMetrics()
          .at(-1)
          ?.scopeMetrics.flatMap(({ metrics }) => metrics) ?? []
      );
    },
  };
}

/** Sets the global context manager and propagator, as a program does once. */
export function setGlobals(): void {
  context.setGlobalContextManager(new LocalContext());
  propagation.setGlobalPropagator({
    inject(active, carrier, setter) {
      const { traceId, spanId } = trace.getSpanContext(active) ?? {};
      setter.set(carrier, "traceparent", `00-${traceId}-${spanId}-01`);
    },
    extract: (active) => active,
    fields: () => ["traceparent"],
  });
}

class LocalContext implements ContextManager {
  readonly #local = new AsyncLocalStorage<Context>();

  active() {
    return this.#local.getStore() ?? ROOT_CONTEXT;
  }

  with<Args extends unknown[], Call extends (...args: Args) => ReturnType<Call>>(
    active: Context,
    call: Call,
    self?: ThisParameterType<Call>,
    ...args: Args
  ): ReturnType<Call> {
    return this.#local.run(active, () => call.call(self, ...args));
  }

  bind<Target>(_: Context, target: Target): Target {
    return target;
  }

  enable() {
    return this;
  }

  disable() {
    return this;
  }
}
