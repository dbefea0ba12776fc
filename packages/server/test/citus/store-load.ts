import { setTimeout } from "node:timers/promises";
import type { ProfileId, StoreId } from "@memory-api/types";
import { administer } from "../postgres/postgres-for-tests.ts";
import type { KeepAliveClient } from "../support/keep-alive-client.ts";

const RETRY_MS = 10;

/** How the stores responded in one period. */
export interface Period {
  readonly acknowledged: number;
  /** Of these stores, by status. */
  readonly failures: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** Milliseconds. */
  readonly longest: number;
}

/** Creates profiles in many stores at once, and knows which of them were acknowledged. */
export class StoreLoad {
  readonly #clients: readonly KeepAliveClient[];
  readonly #storeIds: readonly StoreId[];
  readonly #stop = new AbortController();
  /** Stores by acknowledged profile. */
  readonly #acknowledged = new Map<ProfileId, StoreId>();
  readonly #done: Promise<unknown>;
  #sent = 0;
  #period = {
    acknowledged: 0,
    failures: new Map<string, Map<number, number>>(),
    longest: 0,
    fulfilled: new Map<string, number>(),
  };

  /** Sends the next write of a store to the next server, as soon as the previous one has its response. */
  constructor(clients: readonly KeepAliveClient[], storeIds: readonly StoreId[], writersPerStore: number) {
    this.#clients = clients;
    this.#storeIds = storeIds;
    const writers = storeIds.flatMap((storeId) => Array.from({ length: writersPerStore }, () => this.#write(storeId)));
    this.#done = Promise.all(writers);
    // A test that fails does not stop the load.
    this.#done.catch(() => {});
  }

  /** Ends the current period, and begins the next. */
  nextPeriod(): Period {
    const { acknowledged, failures, longest } = this.#period;
    this.#period = { acknowledged: 0, failures: new Map(), longest: 0, fulfilled: new Map() };
    return { acknowledged, failures, longest };
  }

  /** Resolves once each of the stores has acknowledged this many more writes in the current period. */
  async more(writes: number, storeIds: readonly string[] = this.#storeIds): Promise<void> {
    const { fulfilled } = this.#period;
    const goals = storeIds.map((storeId) => [storeId, (fulfilled.get(storeId) ?? 0) + writes] as const);
    while (goals.some(([storeId, goal]) => (fulfilled.get(storeId) ?? 0) < goal)) await setTimeout(RETRY_MS);
  }

  /** Stops, and returns the number of acknowledged writes and those that the database does not have. */
  async stop(databaseUrl: string): Promise<{ acknowledged: number; lost: string[] }> {
    this.#stop.abort();
    await this.#done;
    const [result] = await administer(databaseUrl, "SELECT id, store_id FROM profiles");
    const stored = new Map(result?.rows.map(({ id, store_id }) => [id, store_id]));
    const lost = [...this.#acknowledged].filter(([id, storeId]) => stored.get(id) !== storeId).map(([id]) => id);
    return { acknowledged: this.#acknowledged.size, lost };
  }

  async #write(storeId: StoreId): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const number = this.#sent++;
      const body = { traits: { Contact: { email: `${number}@example.com`, firstName: `${number}` } } };
      const client = this.#clients[number % this.#clients.length];
      const startedAt = performance.now();
      const response = await client?.send("createProfile", { path: { storeId }, body });
      const period = this.#period;
      period.longest = Math.max(period.longest, performance.now() - startedAt);
      if (response?.status === 202) {
        this.#acknowledged.set(response.body.id, storeId);
        period.acknowledged++;
        period.fulfilled.set(storeId, (period.fulfilled.get(storeId) ?? 0) + 1);
      } else {
        const ofStore = period.failures.get(storeId) ?? new Map<number, number>();
        const status = response?.status ?? 0;
        period.failures.set(storeId, ofStore.set(status, (ofStore.get(status) ?? 0) + 1));
        await setTimeout(RETRY_MS);
      }
    }
  }
}
