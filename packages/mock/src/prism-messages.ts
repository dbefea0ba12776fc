import type { openapi } from "@memory-api/spec";
import type { KnownAnswers } from "./answer.ts";
import type { MockErrorCode } from "./mock-error.ts";

/** A parsed OpenAPI 3.1 document. */
export type OpenApiDocument = typeof openapi;

/** Options of a mock's thread. */
export interface PrismOptions {
  port: number;
  document: string | OpenApiDocument | undefined;
  log: boolean;
}

/** First message from a mock's thread. Every later message is a line of its log. */
export type PrismStart = { url: string; answers: KnownAnswers } | PrismFailure;

export interface PrismFailure {
  failure: Extract<MockErrorCode, "PORT_UNAVAILABLE" | "DOCUMENT_UNREADABLE">;
  reason: string;
}
