import type { FastifyInstance } from "fastify";
import type { Readiness } from "../observation/readiness.ts";
import type { BacklogReport } from "../storage/storage.ts";

/**
 * `/health/live`: the process responds. `/health/ready`: it can also write, to at least one node if the storage is a cluster. `/health`: that,
 * the writes that wait, and each node of a cluster.
 */
export function addHealthRoutes(app: FastifyInstance, readiness: Readiness, backlog: () => BacklogReport): void {
  const ready = () => (readiness.isReady ? ([200, "ready"] as const) : ([503, "unavailable"] as const));
  app.get("/health/live", async () => ({ status: "live" }));
  app.get("/health/ready", async (_request, reply) => {
    const [code, status] = ready();
    return reply.code(code).send({ status });
  });
  app.get("/health", async (_request, reply) => {
    const [code, status] = ready();
    const nodes = readiness.nodes.map(({ id, isAvailable }) => ({ id, status: isAvailable ? "ready" : "unavailable" }));
    return reply.code(code).send({ status, backlog: backlog(), ...(nodes.length > 0 && { nodes }) });
  });
}
