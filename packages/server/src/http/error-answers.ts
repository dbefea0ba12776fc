import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { writeError } from "#generated/write-answer.cjs";
import { ApiError, badRequest, contentTooLarge, internalError, unavailable } from "../api-error.ts";
import type { Readiness } from "../readiness.ts";
import { StorageUnavailableError } from "../storage/storage.ts";

/** Answers every error with the body that the contract has for it. */
export function addErrorAnswers(app: FastifyInstance, readiness: Readiness, errorDocsUrl: string | undefined): void {
  app.setErrorHandler((error, request, reply) => {
    readiness.failedBy(error);
    const answer = answerFor(error, request);
    if (answer.status >= 500) logFailure(error, request);
    return sendError(answer, reply, errorDocsUrl);
  });
}

/** Sends an error of the contract. */
export function sendError(answer: ApiError, reply: FastifyReply, errorDocsUrl: string | undefined): FastifyReply {
  return reply
    .code(answer.status)
    .headers(answer.headers)
    .type("application/json; charset=utf-8")
    .send(writeError(answer.toBody(errorDocsUrl)));
}

function answerFor(error: unknown, { raw }: FastifyRequest): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof StorageUnavailableError) return unavailable();
  // Whoever went away, or was cut off, is no failure of ours.
  if (raw.destroyed && raw.complete === false) return badRequest("The body is incomplete");
  const status = Number(Object(error).statusCode);
  if (status === 413) return contentTooLarge();
  return status >= 400 && status < 500 ? badRequest("The request is malformed") : internalError();
}

/** Where it failed, but not the message: that of a library may quote what it was given. */
function logFailure(error: unknown, request: FastifyRequest): void {
  const { name, code, message, stack } = Object(error);
  const at = String(stack)
    .replace(message, "")
    .split("\n")
    .filter((line) => line.startsWith("    at "));
  const known = error instanceof StorageUnavailableError ? { reason: error.message } : {};
  request.log.error({ error: { name, code, at, ...known } }, "request failed");
}

/** Answers what is no HTTP, over a connection that is of no use afterwards. */
export function answerMalformed(_error: Error, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = writeError(
    badRequest("The request is not valid HTTP/1.1, its headers are too large, or it arrived too slowly").toBody(),
  );
  socket.end(
    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n" +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
