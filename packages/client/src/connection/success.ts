import type { AnswerHeaders } from "./answer-headers.ts";

/** A success. */
export interface Success {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** Not read yet; `undefined` or `""` where it is empty. */
  readonly body: unknown;
  readonly attempts: number;
}
