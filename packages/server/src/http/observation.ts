import type { FastifyInstance } from "fastify";
import type { Metrics } from "../observation/metrics.ts";

/** The path of the metrics for Prometheus. */
const METRICS_PATH = "/metrics";

/**
 * Logs and counts every response, and sends the ID of the request in it. Log and metrics contain the operation, and never a URL or a
 * body: a URL may contain an upload token.
 */
export function addObservation(app: FastifyInstance, metrics: Metrics | undefined): void {
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("X-Request-Id", request.id);
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const operation = request.routeOptions.config.operationId ?? "none";
    const status = reply.statusCode;
    const ms = Math.round(reply.elapsedTime * 1000) / 1000;
    request.log.info({ operation, method: request.method, status, ms }, "request completed");
    metrics?.responded(operation, status, reply.elapsedTime / 1000);
    done();
  });
  if (metrics === undefined) return;
  app.get(METRICS_PATH, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
