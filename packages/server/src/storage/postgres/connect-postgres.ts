import pg from "pg";

const INT8 = 20;

/** How to reach a database. */
export interface PostgresConnection {
  /** `postgres://user:password@host:5432/database` */
  readonly databaseUrl: string;
  /** @default 10 */
  readonly maxConnections?: number;
  /**
   * How long a connection or the answer to a statement is waited for, in milliseconds.
   *
   * @default 30_000
   */
  readonly timeoutMs?: number;
}

/** Connects when it is first used, and again whenever a connection was lost. */
export function connectPostgres({ databaseUrl, maxConnections = 10, timeoutMs = 30_000 }: PostgresConnection): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    // The locks of a machine that vanished go after this time.
    idle_in_transaction_session_timeout: timeoutMs,
    keepAlive: true,
    application_name: "memory-api",
    types: { getTypeParser },
  });
  // A connection that dies tells whoever uses it; without these listeners it would end the process as well.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

/** Every integer that is stored is a time or a count, and so within the whole numbers of JavaScript. */
const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: "text" | "binary") =>
  type === INT8 ? Number : pg.types.getTypeParser(type, format);
