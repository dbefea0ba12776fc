/** Told what happens. `console` is one, and so is a pino logger with its arguments turned round. */
export interface Logger {
  debug?(message: string, fields: LogFields): void;
  warn?(message: string, fields: LogFields): void;
}

/** Never holds an ID, a query, a body, a trait or a credential. */
export type LogFields = Readonly<Record<string, string | number | undefined>>;
