import { setImmediate, setTimeout } from "node:timers";
import type { Command, Outcome } from "../domain/commands/command.ts";
import { Backlog } from "./backlog.ts";
import { forwardingTo, READS, WRITES } from "./forwarding.ts";
import {
  AbandonedCallError,
  type ApplyOptions,
  type BacklogReport,
  type Reservation,
  type Storage,
  StorageBusyError,
  StorageConflictError,
  type StorageReads,
  StorageUnavailableError,
  type StorageWrites,
  type StoreBatch,
  type WrittenStore,
} from "./storage.ts";

/** Settings that depend on the engine. */
export interface Grouping {
  /** Maximum number of concurrent transactions. */
  readonly atOnce: number;
  /** Maximum number of concurrent transactions of one account. */
  readonly atOncePerAccount: number;
  readonly storesPerTransaction: number;
}

interface Call {
  readonly store: WrittenStore;
  readonly commands: readonly Command[];
  readonly isAbandoned: () => boolean;
  /** When it began to wait, in milliseconds of the monotonic clock. */
  readonly arrivedAt: number;
  /** Whether it shares no transaction, because one that it shared failed. */
  readonly isAlone: boolean;
  resolve(outcomes: readonly Outcome[]): void;
  reject(error: unknown): void;
}

/**
 * Maximum number of commands in a transaction, and in all concurrent transactions of one account, unless a single call has more. Otherwise,
 * several full batches of one account could occupy the whole database.
 */
const MAX_COMMANDS = 1000;

/** Maximum number of accepted commands that are not applied, of all accounts: a second or two of work. */
const MAX_BACKLOG_COMMANDS = 50_000;

/** Maximum size of the bodies of these commands, and of bodies still being read, in bytes. Parsed, they use several times more memory. */
const MAX_BACKLOG_BYTES = 64 * 1024 * 1024;

/** Maximum time that a call waits for its transaction to start. */
const MAX_WAIT_MS = 10_000;

/** How often the waits are checked while no transaction starts, in milliseconds. */
const CHECK_MS = 1000;

/** Adds `apply` to an engine. Concurrent calls share transactions. */
export function groupWrites(reads: StorageReads, writes: StorageWrites, grouping: Grouping): Storage {
  const groups = new GroupCommit((batches) => writes.commit(batches), grouping);
  return {
    ...forwardingTo<StorageReads>(READS, reads),
    ...forwardingTo<StorageWrites>(WRITES, writes),
    apply: (store, commands, options) => groups.add(store, commands, options),
    reserve: (accountSid) => groups.reserve(accountSid),
    backlog: () => groups.backlog(),
  };
}

/**
 * Lets calls share transactions. A call starts at once while few transactions are running; calls that arrive meanwhile share the next one.
 * Accounts take turns, so an account waits for one transaction of another, however much the other writes. If a transaction fails, each of its
 * calls is retried alone, so no call fails because of another. The amount of accepted work that is not applied is bounded.
 */
export class GroupCommit {
  readonly #commit: StorageWrites["commit"];
  readonly #grouping: Grouping;
  readonly #now: () => number;
  readonly #commands = new Backlog(MAX_BACKLOG_COMMANDS);
  readonly #bytes = new Backlog(MAX_BACKLOG_BYTES);
  /** By store ID. */
  readonly #waiting = new Map<string, Set<Call>>();
  /** Running calls by account. */
  readonly #underWay = new Map<string, { transactions: number; commands: number }>();
  /** The number of the last transaction of each store and each account. The one that was served longest ago has the next turn. */
  readonly #turns = new Map<string, number>();
  #lastTurn = 0;
  #running = 0;
  #isScheduled = false;
  #nextCheck: NodeJS.Timeout | undefined;

  /** @param now milliseconds of a monotonic clock */
  constructor(commit: StorageWrites["commit"], grouping: Grouping, now = () => performance.now()) {
    this.#commit = commit;
    this.#grouping = grouping;
    this.#now = now;
  }

  async add(
    store: WrittenStore,
    commands: readonly Command[],
    options: ApplyOptions = {},
  ): Promise<readonly Outcome[]> {
    const { isAbandoned = () => false } = options;
    if (commands.length === 0) return [];
    const { accountSid } = store;
    if (!this.#commands.hasRoomFor(accountSid, commands.length)) throw tooBusy();
    this.#commands.add(accountSid, commands.length);
    try {
      return await new Promise<readonly Outcome[]>((resolve, reject) => {
        this.#wait({ store, commands, isAbandoned, arrivedAt: this.#now(), isAlone: false, resolve, reject });
        this.#schedule();
      });
    } finally {
      this.#commands.add(accountSid, -commands.length);
    }
  }

  reserve(accountSid: string): Reservation {
    let reserved = 0;
    return {
      add: (bytes) => {
        if (!this.#bytes.hasRoomFor(accountSid, bytes) || !this.#commands.hasRoomFor(accountSid, 1)) throw tooBusy();
        this.#bytes.add(accountSid, bytes);
        reserved += bytes;
      },
      release: () => {
        this.#bytes.add(accountSid, -reserved);
        reserved = 0;
      },
    };
  }

  backlog(): BacklogReport {
    const oldest = Math.min(
      ...[...this.#waiting.values()].map(([first]) => first?.arrivedAt ?? Number.POSITIVE_INFINITY),
    );
    const oldestMs = Math.max(0, this.#now() - oldest);
    return { commands: this.#commands.total, bytes: this.#bytes.total, oldestMs };
  }

  #wait(call: Call): void {
    const { id } = call.store;
    this.#waiting.set(id, (this.#waiting.get(id) ?? new Set()).add(call));
    this.#watch();
  }

  /** Waits for the end of this turn of the event loop, so that calls that arrive in it share the transaction. */
  #schedule(): void {
    if (this.#isScheduled || this.#running === this.#grouping.atOnce) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      while (this.#running < this.#grouping.atOnce) {
        const calls = this.#take();
        if (calls.length === 0) break;
        void this.#run(calls);
      }
    });
  }

  /** Drops the calls that wait for too long even if no transaction ends, as on a disk that hangs. */
  #watch(): void {
    this.#nextCheck ??= setTimeout(() => {
      this.#nextCheck = undefined;
      for (const storeId of this.#waiting.keys()) this.#first(storeId);
      if (this.#waiting.size > 0) this.#watch();
    }, CHECK_MS).unref();
  }

  /** Takes one call of each account in turn, as long as they fit into a transaction. All calls of one store have the same rules. */
  #take(): Call[] {
    const taken: Call[] = [];
    const stores = new Map<string, WrittenStore["rules"]>();
    const order = this.#waitingStores();
    let size = 0;
    for (let count = -1; count < taken.length; ) {
      count = taken.length;
      const served = new Set<string>();
      for (const { id, accountSid } of order) {
        const isFull = !stores.has(id) && stores.size === this.#grouping.storesPerTransaction;
        const { transactions = 0, commands = 0 } = this.#underWay.get(accountSid) ?? {};
        if (isFull || served.has(accountSid) || transactions >= this.#grouping.atOncePerAccount) continue;
        const call = this.#first(id);
        const before = size + commands;
        if (call === undefined || (before > 0 && before + call.commands.length > MAX_COMMANDS)) continue;
        if (taken.length > 0 && (call.isAlone || taken[0]?.isAlone)) continue;
        // A reload changed the rules of the store between the two calls.
        if ((stores.get(id) ?? call.store.rules) !== call.store.rules) continue;
        this.#remove(call);
        taken.push(call);
        stores.set(id, call.store.rules);
        served.add(accountSid);
        size += call.commands.length;
      }
    }
    this.#lastTurn++;
    for (const { store } of taken) {
      for (const turn of [store.id, store.accountSid]) this.#turns.set(turn, this.#lastTurn);
    }
    return taken;
  }

  /** The stores with calls, in the order of their turns: that of the account first, and that of the store within it. */
  #waitingStores(): WrittenStore[] {
    const stores = [...this.#waiting.values()].flatMap(([first]) => first?.store ?? []);
    return stores.sort(
      (one, other) =>
        this.#turnOf(one.accountSid) - this.#turnOf(other.accountSid) || this.#turnOf(one.id) - this.#turnOf(other.id),
    );
  }

  /** The first call of a store whose caller is still there. */
  #first(storeId: string): Call | undefined {
    for (const call of this.#waiting.get(storeId) ?? []) {
      const error = this.#reasonToDrop(call);
      if (error === undefined) return call;
      this.#remove(call);
      call.reject(error);
    }
    return undefined;
  }

  #reasonToDrop({ isAbandoned, arrivedAt }: Call): Error | undefined {
    if (isAbandoned()) return new AbandonedCallError("The caller is gone.");
    return this.#now() - arrivedAt > MAX_WAIT_MS ? tooBusy() : undefined;
  }

  #remove(call: Call): void {
    const calls = this.#waiting.get(call.store.id);
    calls?.delete(call);
    if (calls?.size === 0) this.#waiting.delete(call.store.id);
  }

  #turnOf(name: string): number {
    return this.#turns.get(name) ?? 0;
  }

  async #run(calls: readonly Call[]): Promise<void> {
    const byAccount = Map.groupBy(calls, ({ store }) => store.accountSid);
    this.#running++;
    for (const [accountSid, ofAccount] of byAccount) this.#count(accountSid, 1, commandsOf(ofAccount));
    await this.#commitTogether(calls);
    for (const [accountSid, ofAccount] of byAccount) this.#count(accountSid, -1, -commandsOf(ofAccount));
    this.#running--;
    this.#schedule();
  }

  #count(accountSid: string, transactions: number, commands: number): void {
    const underWay = this.#underWay.get(accountSid) ?? { transactions: 0, commands: 0 };
    underWay.transactions += transactions;
    underWay.commands += commands;
    if (underWay.transactions === 0) this.#underWay.delete(accountSid);
    else this.#underWay.set(accountSid, underWay);
  }

  async #commitTogether(calls: readonly Call[]): Promise<void> {
    const byStore = [...Map.groupBy(calls, ({ store }) => store.id).values()];
    try {
      const outcomes = await this.#commit(byStore.map(batchOf));
      for (const [at, ofStore] of byStore.entries()) settle(ofStore, outcomes[at] ?? []);
    } catch (error) {
      const isOfOneCall = error instanceof StorageConflictError || !(error instanceof StorageUnavailableError);
      if (calls.length === 1 || !isOfOneCall) for (const { reject } of calls) reject(error);
      else for (const call of calls) this.#wait({ ...call, arrivedAt: this.#now(), isAlone: true });
    }
  }
}

function commandsOf(calls: readonly Call[]): number {
  return calls.reduce((sum, { commands }) => sum + commands.length, 0);
}

function batchOf(calls: readonly Call[]): StoreBatch {
  const [first] = calls;
  if (first === undefined) throw new Error("A batch has a call.");
  const { id: storeId, rules } = first.store;
  const commands = calls.length === 1 ? first.commands : calls.flatMap((call) => call.commands);
  return { storeId, identifierTypes: rules.identifierTypes, commands };
}

function settle(calls: readonly Call[], outcomes: readonly Outcome[]): void {
  let end = 0;
  for (const { commands, resolve } of calls) {
    const start = end;
    end += commands.length;
    resolve(outcomes.slice(start, end));
  }
}

function tooBusy(): StorageBusyError {
  return new StorageBusyError("Too many writes are waiting.");
}
