import type { IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import type { FastifyInstance } from "fastify";

/**
 * Keeps a connection open after its body was rejected, and drops the rest of the body: many clients read the response only after they
 * have sent the whole body, and would otherwise find the connection closed.
 *
 * @param timeoutMs after how many milliseconds the connection is closed anyway
 */
export function dropUnreadBodies(app: FastifyInstance, timeoutMs: number): void {
  app.addHook("onSend", ({ raw }, reply, payload, done) => {
    // An injected request has no connection, and `complete` is not set.
    if (raw.complete !== false || typeof payload !== "string") return done(null, payload);
    reply.header("Content-Length", Buffer.byteLength(payload));
    done(null, Readable.from(endLate(payload, raw, timeoutMs)));
  });
}

/** Sends the whole response at once. Its end, at which the connection may be closed, waits for the end of the request. */
async function* endLate(payload: string, request: IncomingMessage, timeoutMs: number): AsyncGenerator<string> {
  const closed = new Promise((resolve) => request.once("close", resolve));
  const cut = setTimeout(() => request.destroy(), timeoutMs).unref();
  yield payload;
  request.resume();
  await closed;
  clearTimeout(cut);
}
