import type { OperationId } from "@memory-api/types";
import type { FastifyReply, FastifyRequest } from "fastify";
import { redactHeaders, redactTokens } from "./redact.ts";

/** A request and its answer, without what would let a reader act as the caller. */
export interface ExchangeRecord {
  /** When the request came, in UTC, such as `2026-01-01T00:00:00.000Z`. */
  readonly time: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly operationId?: OperationId;
  readonly request: Message;
  /** Absent while there is none, and where the connection broke off before it. */
  readonly response?: Message & { readonly status: number };
}

export interface Message {
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of JSON that is not longer than 16 KiB. */
  readonly body?: unknown;
}

/** Bytes. */
const MAX_BODY = 16 * 1024;

/** An exchange while it goes on. */
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
    if (isJson(request.headers["content-type"])) this.#listen(request);
  }

  /** @param payload what is sent as the body */
  answered(reply: FastifyReply, payload: unknown): void {
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

  /** The operation reads the body itself. A stream that is paused does not flow for being listened to. */
  #listen({ raw }: FastifyRequest): void {
    let length = 0;
    raw.pause().on("data", (piece: Buffer) => {
      length += piece.length;
      if (length <= MAX_BODY) this.#requestBody.push(piece);
      else this.#requestBody.length = 0;
    });
  }
}

function isJson(contentType: unknown): boolean {
  return String(contentType).startsWith("application/json");
}

/** Nothing for a text that is too long, or no JSON, since only part of it came or it never was. */
function bodyOf(text: string): Pick<Message, "body"> {
  if (text.length > MAX_BODY) return {};
  try {
    return { body: JSON.parse(redactTokens(text)) };
  } catch {
    return {};
  }
}
