import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { createLogger } from "../../src/observation/create-logger.ts";

/** An application without routes, and a function that returns what it logged. */
export function loggedApp(): { app: FastifyInstance; log: () => Record<string, unknown>[] } {
  const lines: string[] = [];
  const loggerInstance: FastifyBaseLogger = createLogger(
    { logLevel: "info" },
    { write: (line) => void lines.push(line) },
  );
  const logController = new LogController({ disableRequestLogging: true });
  const app = fastify({ loggerInstance, logController, genReqId: () => "the request" });
  return { app, log: () => lines.map((line) => JSON.parse(line)) };
}
