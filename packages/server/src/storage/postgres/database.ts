import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { NodeUnavailableError, StorageBusyError, StorageConflictError, StorageUnavailableError } from "../storage.ts";
import type { ConnectionReport, RetryReason } from "../storage-observer.ts";
import { conflictOf, isConnectionLost, isPoolerTimeout, toStorageError } from "./errors.ts";

/** How to reach a database. */
export interface PostgresConnection {
  /** `postgres://user:password@host:5432/database` */
  readonly databaseUrl: string;
  /** @default 10 */
  readonly maxConnections?: number;
  /**
   * How long to wait for a connection, in milliseconds. This timeout and the next are short enough together that a caller gets a response
   * from a server whose database hangs before the socket of the caller times out.
   *
   * @default 5000
   */
  readonly connectMs?: number;
  /**
   * How long to wait for the result of a statement, in milliseconds. A transaction that conflicts with others is retried for the same time.
   *
   * @default 10_000
   */
  readonly statementMs?: number;
  /**
   * How long a statement waits for the lock of another transaction, in milliseconds.
   *
   * @default half of `statementMs`
   */
  readonly lockMs?: number;
  /** Whether the database is the coordinator of a Citus cluster. */
  readonly isCluster?: boolean;
  /** Receives the reason of each retry. */
  readonly onRetry?: (reason: RetryReason) => void;
  /** Receives each error of an idle connection. The next use of the pool connects again. */
  readonly onConnectionError?: (error: Error) => void;
}

/** Runs one statement. It has no name, so no plan is kept: each execution is planned for its values. */
export type Query = <Row extends pg.QueryResultRow>(
  statement: string,
  values?: unknown[],
) => Promise<{ readonly rows: readonly Row[]; readonly rowCount: number | null }>;

export const CONNECTION_DEFAULTS = { maxConnections: 10, connectMs: 5000, statementMs: 10_000 };

const INT8 = 20;

const IN_USE = "Every connection is in use.";

/** Class of the SQLSTATE of a message that is not a warning. */
const SUCCESS = "00";

/** How long an attempt may take that runs again because it found a broken connection to a node, in milliseconds. */
const MAX_LOST_MS = 2000;

const FIRST_DELAY_MS = 4;
const MAX_DELAY_MS = 200;

/** A pool of connections to a database. Connects when it is first used, and again after a connection is lost. */
export class PostgresDatabase {
  readonly #pool: pg.Pool;
  readonly #limits: string;
  readonly #retryMs: number;
  readonly #onRetry: (reason: RetryReason) => void;
  /** When the database last responded to a statement, in milliseconds of the monotonic clock. */
  #respondedAt = Number.NEGATIVE_INFINITY;

  constructor(connection: PostgresConnection) {
    const { databaseUrl, maxConnections, connectMs, statementMs, onConnectionError, onRetry, lockMs, isCluster } = {
      ...CONNECTION_DEFAULTS,
      onConnectionError: () => {},
      onRetry: () => {},
      lockMs: Math.ceil((connection.statementMs ?? CONNECTION_DEFAULTS.statementMs) / 2),
      ...connection,
    };
    // Local to the transaction, since a connection pooler hands a session to other clients. One round trip for all. The locks of a machine
    // that vanished are released after the second timeout. A cluster has its locks on its workers, which get these settings as well.
    const ofCluster = `SET LOCAL citus.node_connection_timeout = ${lockMs}; SET LOCAL citus.propagate_set_commands = 'local'; `;
    this.#limits = `${isCluster ? ofCluster : ""}SET LOCAL lock_timeout = ${lockMs}; SET LOCAL idle_in_transaction_session_timeout = ${statementMs}`;
    this.#retryMs = statementMs;
    this.#onRetry = onRetry;
    this.#pool = new pg.Pool({
      connectionString: databaseUrl,
      max: maxConnections,
      connectionTimeoutMillis: connectMs,
      query_timeout: statementMs,
      keepAlive: true,
      // A database that hangs does not close its side of a connection, which would keep this process from ending.
      allowExitOnIdle: true,
      application_name: "memory-api",
      types: { getTypeParser },
    });
    // Without listeners, a connection error would end the process. If the connection is in use, its current query rejects with the error.
    this.#pool.on("error", (error) => onConnectionError(toStorageError(error)));
    this.#pool.on("connect", (client) => client.on("error", () => {}));
  }

  /**
   * Runs one statement in a separate transaction. On a cluster, the statement may be executed twice.
   *
   * @throws {StorageUnavailableError | StatementRejectedError}
   */
  query<Row extends pg.QueryResultRow>(statement: string, values: unknown[] = []) {
    return this.#retrying(() => this.#runStatement<Row>(statement, values));
  }

  /**
   * Runs the work in a transaction, and retries it in a new one after a conflict. The work must have no effect except through its
   * statements.
   *
   * @param isolation `snapshot` if everything that the transaction reads must be of one instant
   * @throws {StorageUnavailableError | StatementRejectedError}
   */
  transaction<Result>(work: (query: Query) => Promise<Result>, isolation?: "snapshot"): Promise<Result> {
    const begin = isolation === "snapshot" ? "BEGIN ISOLATION LEVEL REPEATABLE READ" : "BEGIN";
    return this.#retrying(() => this.#runOnce(work, `${begin}; ${this.#limits}`));
  }

  /** The connections of the pool. */
  connections(): ConnectionReport {
    const { totalCount, idleCount, waitingCount, options } = this.#pool;
    return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount, limit: options.max };
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /**
   * Runs a transaction again, after a random delay, if the database ended it in favor of another one.
   *
   * @throws {StorageConflictError} if it loses for too long
   */
  async #retrying<Result>(transaction: () => Promise<Result>): Promise<Result> {
    const startedAt = performance.now();
    for (let attempt = 0; ; attempt++) {
      let reason: RetryReason | undefined;
      try {
        return await transaction();
      } catch (error) {
        reason = conflictOf(error);
        if (reason === undefined) throw error;
      }
      if (performance.now() - startedAt > this.#retryMs) {
        throw new StorageConflictError(`PostgreSQL ended a transaction ${attempt + 1} times in favor of others`);
      }
      this.#onRetry(reason);
      await delay(Math.random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt));
    }
  }

  /** @throws {StorageBusyError} if every connection is in use for too long, and the database responds to some of them meanwhile */
  async #connect(): Promise<pg.PoolClient> {
    const startedAt = performance.now();
    try {
      return await this.#pool.connect();
    } catch (error) {
      const { totalCount, idleCount, options } = this.#pool;
      const isExhausted = totalCount === options.max && idleCount === 0;
      if (isExhausted && this.#respondedAt >= startedAt) throw new StorageBusyError(IN_USE);
      throw toStorageError(error);
    }
  }

  /** Unlike `query` of the pool, it distinguishes a pool without a free connection from a database that cannot be reached. */
  async #runStatement<Row extends pg.QueryResultRow>(statement: string, values: unknown[]) {
    const client = await this.#connect();
    let isUsable = true;
    try {
      const query = this.#queryOf(client);
      return await againOnLostNode(() => query<Row>(statement, values));
    } catch (error) {
      isUsable = !isConnectionLost(error);
      throw error;
    } finally {
      client.release(!isUsable);
    }
  }

  async #runOnce<Result>(work: (query: Query) => Promise<Result>, begin: string): Promise<Result> {
    const client = await this.#connect();
    const query = this.#queryOf(client);
    let isUsable = true;
    try {
      const result = await againOnLostNode(async () => {
        await query(begin);
        return work(query);
      }, query);
      await commit(client, query);
      return result;
    } catch (error) {
      isUsable = !isConnectionLost(error) && (await isRolledBack(query));
      throw error;
    } finally {
      client.release(!isUsable);
    }
  }

  #queryOf(client: pg.PoolClient): Query {
    return async (statement, values) => {
      const startedAt = performance.now();
      try {
        const result = await client.query(statement, values);
        this.#respondedAt = performance.now();
        return result;
      } catch (cause) {
        if (isPoolerTimeout(cause) && this.#respondedAt >= startedAt) throw new StorageBusyError(IN_USE);
        const error = toStorageError(cause);
        if (!isConnectionLost(error)) this.#respondedAt = performance.now();
        throw error;
      }
    };
  }
}

/**
 * Runs an attempt that does not commit, and runs it again if a node cannot be used. A session of a coordinator keeps its connections to the
 * nodes, and finds only when it uses one that the node restarted. The second attempt connects again. An attempt that took long has waited
 * for a node that hangs, and would wait again.
 *
 * @param query rolls back before the second attempt, if the attempt begins a transaction
 */
async function againOnLostNode<Result>(attempt: () => Promise<Result>, query?: Query): Promise<Result> {
  const startedAt = performance.now();
  try {
    return await attempt();
  } catch (error) {
    const isFinal = !(error instanceof NodeUnavailableError) || performance.now() - startedAt > MAX_LOST_MS;
    if (isFinal || (query && !(await isRolledBack(query)))) throw error;
    return attempt();
  }
}

/**
 * Commits a transaction. PostgreSQL reports success with a warning if somebody cancelled the wait for a synchronous standby, which may then
 * lack the transaction after a failover.
 *
 * @throws {StorageUnavailableError} after any warning
 */
async function commit(client: pg.PoolClient, query: Query): Promise<void> {
  let isCertain = true;
  const onNotice = ({ code = "" }: { readonly code?: string | undefined }) => {
    if (!code.startsWith(SUCCESS)) isCertain = false;
  };
  client.on("notice", onNotice);
  try {
    await query("COMMIT");
  } finally {
    client.off("notice", onNotice);
  }
  if (!isCertain) throw new StorageUnavailableError("PostgreSQL cannot be used: it committed with a warning");
}

function isRolledBack(query: Query): Promise<boolean> {
  return query("ROLLBACK").then(
    () => true,
    () => false,
  );
}

/** Every stored integer is a time or a count, and therefore a safe integer of JavaScript. */
const getTypeParser: typeof pg.types.getTypeParser = (type: number, format?: "text" | "binary") =>
  type === INT8 ? Number : pg.types.getTypeParser(type, format);
