import type { Span } from "@opentelemetry/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Tracing } from "../observation/tracing.ts";
import { namesOf } from "./observation.ts";

/** Adds a span for each request of an operation. The health of the server and its metrics are requested too often to trace. */
export function addRequestSpans(app: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  app.addHook("onRequest", (request, _reply, done) => {
    const { url: route = "", config } = request.routeOptions;
    const { operationId: operation } = config;
    if (operation === undefined) return done();
    const { method, protocol, headers, id: requestId } = request;
    const span = tracing.begin({ operation, method, route, protocol, headers, requestId });
    spans.set(request, span);
    request.traceId = span.spanContext().traceId;
    tracing.inside(span, done);
  });
  app.addHook("onResponse", (request, reply, done) => {
    const span = spans.get(request);
    if (span) tracing.end(span, { status: reply.statusCode, ...namesOf(request) });
    done();
  });
}
