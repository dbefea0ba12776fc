import pg from "pg";
import { limitIdleTransactions } from "./storage-statements.ts";

const INT8 = 20;

/** How to reach a database. */
export interface PostgresConnection {
  /** `postgres://user:password@host:5432/database` */
  readonly databaseUrl: string;
  /** @default 10 */
  readonly maxConnections?: number;
  /**
   * How long a connection is waited for, in milliseconds. This and the next are short enough together that a caller learns of a
   * database that hangs before its socket idles out.
   *
   * @default 5000
   */
  readonly connectMs?: number;
  /**
   * How long the answer to a statement is waited for, in milliseconds.
   *
   * @default 10_000
   */
  readonly statementMs?: number;
}

/** Connects when it is first used, and again whenever a connection was lost. */
export function connectPostgres(connection: PostgresConnection): pg.Pool {
  const { databaseUrl, maxConnections = 10, connectMs = 5000, statementMs = 10_000 } = connection;
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    // The locks of a machine that vanished go after this time. PgBouncer refuses a connection that begins with such a setting.
    onConnect: async (client) => {
      await client.query(limitIdleTransactions, [String(statementMs)]);
    },
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
