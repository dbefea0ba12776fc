import type { AnswerHeaders } from "./answer-headers.ts";

/** A success. */
export interface Success {
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** Not read yet; `""` where it is empty. */
  readonly body: string;
  readonly attempts: number;
}
