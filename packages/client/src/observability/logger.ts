import type { AttemptContext } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { SuccessfulResponse } from "../connection/http-messages.ts";

/**
 * Receives an entry for each attempt. `console` is a logger.
 *
 * @example
 * // pino takes the fields first:
 * const logger: Logger = {
 *   info: (message, fields) => log.info(fields, message),
 *   warn: (message, fields) => log.warn(fields, message),
 * };
 */
export interface Logger {
  /** An attempt received a 2xx response. */
  debug?(message: string, fields: LogFields): void;
  /** A retry follows after a pause. */
  info?(message: string, fields: LogFields): void;
  /**
   * An attempt failed. If it is the last one, the call rejects with its error. Also: the service announces that an operation is deprecated,
   * once for each operation of a client.
   */
  warn?(message: string, fields: LogFields): void;
}

/** Never contains credentials, IDs of stores, profiles or imports, queries, bodies or trait values. Times are in milliseconds. */
export type LogFields = Readonly<Record<string, string | number | undefined>>;

/** @internal Calls a listener. What it throws is ignored: a log entry that cannot be written must not fail a call. */
export function notify(call: () => void): void {
  try {
    call();
  } catch {
    // The call that is logged goes on.
  }
}

/** @internal Logs an attempt after it has ended. */
export async function logged(
  { options: { logger }, environment, deprecated }: Connection,
  { operationId, pathTemplate, attempt }: AttemptContext,
  work: () => Promise<SuccessfulResponse>,
): Promise<SuccessfulResponse> {
  if (logger === undefined) return work();
  const start = environment.elapsed();
  const fields = () => ({ operationId, pathTemplate, attempt, ms: environment.elapsed() - start });
  try {
    const success = await work();
    notify(() => logger.debug?.("Memory API: succeeded", { ...fields(), status: success.status }));
    const deprecation = success.headers.get("deprecation");
    if (deprecation && !deprecated.has(operationId)) {
      deprecated.add(operationId);
      const sunset = success.headers.get("sunset") ?? undefined;
      notify(() => logger.warn?.("Memory API: deprecated", { operationId, pathTemplate, deprecation, sunset }));
    }
    return success;
  } catch (error) {
    const { name, status, code, requestId } = Object(error);
    notify(() => logger.warn?.("Memory API: failed", { ...fields(), error: name, status, code, requestId }));
    throw error;
  }
}
