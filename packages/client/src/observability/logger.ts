import type { AttemptContext } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { SuccessfulResponse } from "../connection/http-messages.ts";

/**
 * Told how the attempts of calls go. `console` is one.
 *
 * @example
 * // pino takes the fields first:
 * const logger: Logger = {
 *   info: (message, fields) => log.info(fields, message),
 *   warn: (message, fields) => log.warn(fields, message),
 * };
 */
export interface Logger {
  /** An attempt was answered with a success. */
  debug?(message: string, fields: LogFields): void;
  /** Another attempt will be made, after a pause. */
  info?(message: string, fields: LogFields): void;
  /** An attempt failed. The last of a call is what its error tells of, too. */
  warn?(message: string, fields: LogFields): void;
}

/** Never holds a credential, an ID of a store, profile or import, a query, a body or a trait value. Times are in milliseconds. */
export type LogFields = Readonly<Record<string, string | number | undefined>>;

/** Tells whoever listens. A log that cannot be written must not change how a call ends, so what a listener throws is dropped. */
export function told(tell: () => void): void {
  try {
    tell();
  } catch {
    // The listener's own matter.
  }
}

/** @internal Logs an attempt after it has ended. */
export async function logged(
  { options: { logger }, environment }: Connection,
  { operationId, pathTemplate, attempt }: AttemptContext,
  work: () => Promise<SuccessfulResponse>,
): Promise<SuccessfulResponse> {
  if (logger === undefined) return work();
  const start = environment.elapsed();
  const fields = () => ({ operationId, pathTemplate, attempt, ms: environment.elapsed() - start });
  try {
    const success = await work();
    told(() => logger.debug?.("Memory API: answered", { ...fields(), status: success.status }));
    return success;
  } catch (error) {
    const { name, status, code, requestId } = Object(error);
    told(() => logger.warn?.("Memory API: failed", { ...fields(), error: name, status, code, requestId }));
    throw error;
  }
}
