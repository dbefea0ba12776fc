import type { AnswerHeaders } from "./answer-headers.ts";

/** The ID that a service gave to a request: ours and the live one call it differently. */
export function requestIdOf(headers: AnswerHeaders): string | undefined {
  return headers.get("x-request-id") ?? headers.get("twilio-request-id") ?? undefined;
}
