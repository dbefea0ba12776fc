import type { FastifyInstance } from "fastify";
import type { Readiness } from "../readiness.ts";

/** `/health/live`: the process answers. `/health/ready`, and `/health`: it can also write. */
export function addHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
  app.get("/health/live", async () => ({ status: "live" }));
  for (const url of ["/health", "/health/ready"]) {
    app.get(url, async (_request, reply) =>
      readiness.isReady ? { status: "ready" } : reply.code(503).send({ status: "unavailable" }),
    );
  }
}
