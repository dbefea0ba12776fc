import type { Logger } from "pino";
import { Tracing } from "./tracing.ts";

/** The variables, any of which enables traces (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/). */
const ENABLING = ["OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

/**
 * Starts to export traces if the environment asks for it. Otherwise, nothing of OpenTelemetry is loaded. The SDK reads everything else from
 * the environment as well: endpoint, protocol, headers, sampler, propagators, batches.
 *
 * @returns `undefined` also if its packages are not installed, which the log then says
 */
export async function startTracing(environment: NodeJS.ProcessEnv, logger: Logger): Promise<Tracing | undefined> {
  if (!asksForTraces(environment)) return undefined;
  const packages = await Promise.all([import("@opentelemetry/api"), import("@opentelemetry/sdk-node")]).catch(
    (error: unknown) => {
      if (Object(error).code !== "ERR_MODULE_NOT_FOUND") throw error;
      logger.warn(
        "The environment asks for traces, but there are none: install @opentelemetry/api and @opentelemetry/sdk-node.",
      );
    },
  );
  if (packages === undefined) return undefined;
  const [api, { NodeSDK }] = packages;
  // Only traces: the log and the metrics have their own ways out. A tool that instruments modules may be active already.
  const sdk = new NodeSDK({
    instrumentations: [],
    logRecordProcessors: [],
    metricReaders: [],
    ...(!namesService(environment) && { serviceName: "memory-server" }),
  });
  // Of a message, which may contain a header, only the code is logged.
  const report = (message: unknown) => {
    const [code] = /\bE[A-Z]{4,}\b|\b[1-5]\d\d\b/.exec(String(message)) ?? [];
    logger.warn({ error: { code } }, "traces cannot be exported");
  };
  if (environment["OTEL_LOG_LEVEL"] === undefined) {
    const ignore = () => {};
    const diagnostics = { error: report, warn: report, info: ignore, debug: ignore, verbose: ignore };
    api.diag.setLogger(diagnostics, api.DiagLogLevel.WARN);
  }
  sdk.start();
  // A collector that cannot be reached must not prevent a clean end.
  return new Tracing(api, () => sdk.shutdown().catch(report));
}

function asksForTraces(environment: NodeJS.ProcessEnv): boolean {
  const exporter = environment["OTEL_TRACES_EXPORTER"]?.trim().toLowerCase();
  if (environment["OTEL_SDK_DISABLED"]?.trim().toLowerCase() === "true" || exporter === "none") return false;
  return ENABLING.some((name) => (environment[name] ?? "").trim() !== "");
}

function namesService(environment: NodeJS.ProcessEnv): boolean {
  return (
    Boolean(environment["OTEL_SERVICE_NAME"]) || /\bservice\.name=/.test(environment["OTEL_RESOURCE_ATTRIBUTES"] ?? "")
  );
}
