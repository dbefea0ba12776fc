import type { ConnectionErrorDetails } from "../errors/connection-error.ts";
import { redacted, type Sent } from "../observability/redacted.ts";
import type { AttemptContext } from "./client-options.ts";

/** How Node, Bun, Deno and undici tell what happens before a request can leave. */
const NEVER_LEFT = /\bconnect E|getaddrinfo|certificate|CONNECT_TIMEOUT|Connection ?[Rr]efused|dns error|ECONNREFUSED/;

/**
 * What a transport threw, in words that may be logged.
 *
 * @param sent some transports tell of it all
 */
export function connectionErrorDetails(
  thrown: unknown,
  { operationId, attempt }: AttemptContext,
  sent: Sent,
): ConnectionErrorDetails {
  const { message, errors, code: ownCode, cause } = Object(thrown);
  const { message: innerMessage, code = ownCode } = Object(cause);
  // A name with several addresses fails with an error for each, and no message of its own.
  const told = [message || errors?.[0]?.message, innerMessage].filter(Boolean).join(": ") || String(thrown);
  const ownReason = redacted(withoutQueries(told), sent);
  const reason = typeof code === "string" && !ownReason.includes(code) ? `${ownReason}, ${code}` : ownReason;
  return {
    operationId,
    attempts: attempt,
    code: typeof code === "string" ? code : undefined,
    mayHaveArrived: !NEVER_LEFT.test(reason),
    reason,
  };
}

/** The query of an upload URL is its signature, and some runtimes put the URL into the message, with a bracket or a colon behind. */
function withoutQueries(text: string): string {
  return text.replace(/\?\S+?(?=[)"':,.]*(?:\s|$))/g, "?…");
}
