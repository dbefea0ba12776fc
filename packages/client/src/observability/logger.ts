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
