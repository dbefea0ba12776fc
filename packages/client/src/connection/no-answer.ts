import type { ConnectionErrorDetails } from "../errors/connection-error.ts";
import { redacted, type Sent } from "../observability/redacted.ts";
import type { AttemptContext } from "./client-options.ts";

/** How Node, Bun, Deno and undici name what happens before a request can leave. */
const NEVER_LEFT =
  /^(ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$|Connection refused|dns error/;

/**
 * What a transport threw, in words that may be logged.
 *
 * @param sent some transports tell of it all
 */
export function noAnswer(
  thrown: unknown,
  { operationId, attempt }: AttemptContext,
  sent: Sent,
): ConnectionErrorDetails {
  const { message, code: ownCode, cause } = Object(thrown);
  const { message: innerMessage, code = ownCode } = Object(cause);
  const told = [message, innerMessage].filter(Boolean).join(": ") || String(thrown);
  const reason = redacted(withoutQueries(told), sent);
  return {
    operationId,
    attempts: attempt,
    code: typeof code === "string" ? code : undefined,
    mayHaveArrived: !NEVER_LEFT.test(String(code)) && !NEVER_LEFT.test(reason),
    reason: typeof code === "string" && !reason.includes(code) ? `${reason}, ${code}` : reason,
  };
}

/** The query of an upload URL is its signature, and some runtimes put the URL into the message, with a bracket or a colon behind. */
function withoutQueries(text: string): string {
  return text.replace(/\?\S+?(?=[)"':,.]*(?:\s|$))/g, "?…");
}
