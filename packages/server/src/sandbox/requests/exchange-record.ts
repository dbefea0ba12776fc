import type { OperationId } from "@memory-api/types";
import type { FastifyReply, FastifyRequest } from "fastify";
import { redactHeaders, redactTokens } from "./redact.ts";

/** A request and its response, with secrets redacted. */
export interface ExchangeRecord {
  /** Time of the request, in UTC, such as `2026-01-01T00:00:00.000Z`. */
  readonly time: string;
  readonly method: string;
  /** Includes the query. */
  readonly path: string;
  readonly operationId?: OperationId;
  readonly request: Message;
  /** Absent until the response is sent, and if the connection breaks before. */
  readonly response?: Message & { readonly status: number };
}

export interface Message {
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Present if the body is JSON of at most 16 KiB. */
  readonly body?: unknown;
}

/** Bytes. */
const MAX_BODY = 16 * 1024;

/** An exchange in progress. */
export class Exchange {
  readonly #outline: Pick<ExchangeRecord, "time" | "method" | "path" | "operationId">;
  readonly #requestHeaders: Message["headers"];
  readonly #requestBody: Buffer[] = [];
  #response: ExchangeRecord["response"];

  /** @param now milliseconds since 1970 */
  constructor(now: number, request: FastifyRequest) {
    const { operationId } = request.routeOptions.config;
    this.#outline = {
      time: new Date(now).toISOString(),
      method: request.method,
      path: redactTokens(request.url),
      ...(operationId !== undefined && { operationId }),
    };
    this.#requestHeaders = redactHeaders(request.headers);
    if (isJson(request.headers["content-type"])) this.#observe(request);
  }

  /** @param payload the body of the response */
  respond(reply: FastifyReply, payload: unknown): void {
    const isReadable = typeof payload === "string" && isJson(reply.getHeader("content-type"));
    this.#response = {
      status: reply.statusCode,
      headers: redactHeaders(reply.getHeaders()),
      ...(isReadable && bodyOf(payload)),
    };
  }

  record(): ExchangeRecord {
    return {
      ...this.#outline,
      request: { headers: this.#requestHeaders, ...bodyOf(Buffer.concat(this.#requestBody).toString()) },
      ...(this.#response && { response: this.#response }),
    };
  }

  /** Observes the body without consuming it: the operation reads it, and a paused stream does not flow because of a listener. */
  #observe({ raw }: FastifyRequest): void {
    let length = 0;
    raw.pause().on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_BODY) this.#requestBody.push(chunk);
      else this.#requestBody.length = 0;
    });
  }
}

function isJson(contentType: unknown): boolean {
  return String(contentType).startsWith("application/json");
}

/** Returns no body if the text is too long, or is not valid JSON, for example because it is incomplete. */
function bodyOf(text: string): Pick<Message, "body"> {
  if (text.length > MAX_BODY) return {};
  try {
    return { body: JSON.parse(redactTokens(text)) };
  } catch {
    return {};
  }
}
