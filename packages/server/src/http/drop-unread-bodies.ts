import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import type { FastifyInstance } from "fastify";

/**
 * Leaves a connection open where a body was refused, and drops what still comes: many a client looks for its answer only once its
 * whole body is sent, and would find the connection broken instead.
 *
 * @param timeoutMs how long, in milliseconds; then the connection is cut
 */
export function dropUnreadBodies(app: FastifyInstance, timeoutMs: number): void {
  app.addHook("onSend", async ({ raw }, reply, payload) => {
    // A request that was injected has no connection, and does not say whether it is complete.
    if (raw.complete !== false || typeof payload !== "string") return payload;
    reply.header("Content-Length", Buffer.byteLength(payload));
    return Readable.from(endLate(payload, raw, timeoutMs));
  });
}

/** The whole answer is sent at once. Its end, at which the connection may be closed, waits for that of the request. */
async function* endLate(payload: string, request: IncomingMessage, timeoutMs: number): AsyncGenerator<string> {
  const closed = new Promise((resolve) => request.once("close", resolve));
  const cut = setTimeout(() => request.destroy(), timeoutMs).unref();
  yield payload;
  request.resume();
  await closed;
  clearTimeout(cut);
}
