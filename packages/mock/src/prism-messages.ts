import type { openapi } from "@memory-api/spec";
import type { KnownAnswers } from "./answer.ts";
import type { MockErrorCode } from "./mock-error.ts";

/** A parsed OpenAPI 3.1 document. */
export type OpenApiDocument = typeof openapi;

/** What the thread of a mock is told. */
export interface PrismOptions {
  port: number;
  document: string | OpenApiDocument | undefined;
  log: boolean;
}

/** What the thread of a mock tells first. The lines of its log follow, each a string. */
export type PrismStart = { url: string; answers: KnownAnswers } | PrismFailure;

export interface PrismFailure {
  failure: Exclude<MockErrorCode, "ANSWER_UNKNOWN">;
  reason: string;
}
