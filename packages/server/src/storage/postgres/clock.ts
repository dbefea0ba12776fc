import { clearInterval, setInterval } from "node:timers";
import type { PostgresDatabase } from "./database.ts";
import { selectTime } from "./statements.ts";

/** Interval at which the clock is compared with that of the database, in milliseconds. */
const SYNCHRONIZE_MS = 10_000;

/** Maximum time of a comparison that replaces an earlier one, in milliseconds. It includes a wait for a free connection. */
const MAX_ROUND_TRIP_MS = 1000;

/**
 * The clock of a database, for everything that several processes compare: leases, expiry, IDs and times of acceptance. It continues on the
 * monotonic clock of this process, so a wrong or changed clock of the machine has no effect.
 */
export class DatabaseClock {
  readonly #database: PostgresDatabase;
  readonly #monotonic: () => number;
  #offsetMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  private constructor(database: PostgresDatabase, monotonic: () => number) {
    this.#database = database;
    this.#monotonic = monotonic;
  }

  /** @param monotonic milliseconds since any instant */
  static async start(database: PostgresDatabase, monotonic = () => performance.now()): Promise<DatabaseClock> {
    const clock = new DatabaseClock(database, monotonic);
    await clock.synchronize();
    // While the database is unavailable, the last offset stays in use.
    clock.#timer = setInterval(() => clock.synchronize().catch(() => {}), SYNCHRONIZE_MS).unref();
    return clock;
  }

  /** Whole milliseconds since 1970. */
  now(): number {
    return Math.floor(this.#monotonic() + (this.#offsetMs ?? 0));
  }

  /** Measures the offset, to within half the time of a round trip. An earlier offset is kept if that time is too long. */
  async synchronize(): Promise<void> {
    const sentAt = this.#monotonic();
    const { rows } = await this.#database.query<{ now: number }>(selectTime);
    const receivedAt = this.#monotonic();
    const [row] = rows;
    if (row === undefined || (this.#offsetMs !== undefined && receivedAt - sentAt > MAX_ROUND_TRIP_MS)) return;
    this.#offsetMs = row.now / 1000 - (sentAt + receivedAt) / 2;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
