import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { pino } from "pino";

/** An application without routes, and a function that returns what it logged. */
export function loggedApp(): { app: FastifyInstance; log: () => Record<string, unknown>[] } {
  const lines: string[] = [];
  const loggerInstance: FastifyBaseLogger = pino({ base: null }, { write: (line) => void lines.push(line) });
  const logController = new LogController({ disableRequestLogging: true });
  const app = fastify({ loggerInstance, logController, genReqId: () => "the request" });
  return { app, log: () => lines.map((line) => JSON.parse(line)) };
}
