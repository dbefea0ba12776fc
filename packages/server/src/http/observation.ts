import type { FastifyInstance } from "fastify";
import type { Metrics } from "../metrics.ts";

/** Path of what Prometheus reads. */
const METRICS_PATH = "/metrics";

/**
 * Logs and counts every answer, and puts the ID of the request into it. Neither holds a URL or a body: the operation stands for
 * them, since a URL may hold an upload token.
 */
export function addObservation(app: FastifyInstance, metrics: Metrics | undefined): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.header("X-Request-Id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    const operation = request.routeOptions.config.operationId ?? "none";
    const status = reply.statusCode;
    const ms = Math.round(reply.elapsedTime * 1000) / 1000;
    request.log.info({ operation, method: request.method, status, ms }, "answered");
    metrics?.answered(operation, status, reply.elapsedTime / 1000);
  });
  if (metrics === undefined) return;
  app.get(METRICS_PATH, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}
