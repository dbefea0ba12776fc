import type { Socket } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { writeError } from "#generated/write-response.cjs";
import type { Readiness } from "../observation/readiness.ts";
import { ApiError, badRequest, internalError, unavailable } from "../operations/api-error.ts";
import { AbandonedCallError, StorageBusyError, StorageUnavailableError } from "../storage/storage.ts";
import { endConnection } from "./connections.ts";
import { namesOf } from "./observation.ts";

/** When to retry a write that the backlog has no room for, in seconds. It holds a second or two of work. */
const BUSY_SECONDS = 1;

/** Sends every error with the body that the contract has for it. */
export function addErrorResponses(app: FastifyInstance, readiness: Readiness, errorDocsUrl: string | undefined): void {
  app.setErrorHandler((error, request, reply) => {
    readiness.failedBy(error);
    const apiError = toApiError(error, request);
    if (apiError.status >= 500) logFailure(error, request);
    return reply
      .code(apiError.status)
      .headers(apiError.headers)
      .type("application/json; charset=utf-8")
      .send(writeError(apiError.toBody(errorDocsUrl)));
  });
}

function toApiError(error: unknown, { raw }: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof StorageBusyError) return unavailable(BUSY_SECONDS);
  if (error instanceof StorageUnavailableError) return unavailable();
  if (error instanceof AbandonedCallError) return badRequest("The connection was closed");
  // A client that disconnected or was too slow is not a failure of the server.
  if (raw.destroyed && raw.complete === false) return badRequest("The body is incomplete");
  const status = Number(Object(error).statusCode);
  return status >= 400 && status < 500 ? badRequest("The request is malformed") : internalError();
}

/** Logs where the request failed, but not the message: that of a library may quote what it received. */
function logFailure(error: unknown, request: FastifyRequest): void {
  const { name, code, message, stack } = Object(error);
  const at = String(stack)
    .replace(message, "")
    .split("\n")
    .filter((line) => line.startsWith("    at "));
  const known = error instanceof StorageUnavailableError ? { reason: error.message } : {};
  request.log.error({ ...namesOf(request), error: { name, code, at, ...known } }, "request failed");
}

/** Responds to bytes that are not HTTP, and closes the connection. */
export function rejectMalformed(_error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = writeError(
    badRequest("The request is not valid HTTP/1.1, its headers are too large, or it arrived too slowly").toBody(),
  );
  endConnection(
    socket,
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n" +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
