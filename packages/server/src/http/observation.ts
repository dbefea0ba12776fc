import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Metrics } from "../observation/metrics.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The account whose credentials the request has. Empty until they are checked. */
    accountSid: string;
    /** The store of this account that the request is for. Empty until it is found. */
    storeId: string;
    /** The ID of the trace that the request belongs to. Empty without traces. */
    traceId: string;
  }
}

/** The path of the metrics for Prometheus. */
const METRICS_PATH = "/metrics";

/**
 * Logs and counts every response, and sends the ID of the request in it. Log and metrics contain the operation, the account and the store,
 * and never a URL or a body: a URL may contain an upload token.
 */
export function addObservation(app: FastifyInstance, metrics: Metrics | undefined): void {
  app.decorateRequest("accountSid", "");
  app.decorateRequest("storeId", "");
  app.decorateRequest("traceId", "");
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("X-Request-Id", request.id);
    done();
  });
  app.addHook("onResponse", (request, reply, done) => {
    const names = namesOf(request);
    const status = reply.statusCode;
    const ms = Math.round(reply.elapsedTime * 1000) / 1000;
    request.log.info({ ...names, method: request.method, status, ms }, "request completed");
    const { operation } = names;
    const { accountSid, storeId } = request;
    metrics?.responded({ operation, status, seconds: reply.elapsedTime / 1000, accountSid, storeId });
    done();
  });
  if (metrics === undefined) return;
  app.get(METRICS_PATH, async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}

/** What a line of the log calls a request. A name that is not known is absent: before authentication, that of the account. */
export function namesOf({ routeOptions, accountSid, storeId, traceId }: FastifyRequest) {
  return {
    operation: routeOptions.config.operationId ?? "none",
    ...(accountSid && { account: accountSid }),
    ...(storeId && { store: storeId }),
    ...(traceId && { traceId }),
  };
}
