import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Command, Outcome } from "../../src/domain/commands/command.ts";
import { GroupCommit, type Grouping } from "../../src/storage/group-commit.ts";
import { openMemory } from "../../src/storage/sqlite/open-sqlite.ts";
import {
  AbandonedCallError,
  StorageBusyError,
  StorageConflictError,
  StorageUnavailableError,
} from "../../src/storage/storage.ts";

const rules = { identifierTypes: new Map() };
const a = { id: "a", accountSid: "account a", rules };
const b = { id: "b", accountSid: "account b", rules };
const c = { id: "c", accountSid: "account c", rules };
/** Another store of the account of `a`. */
const besideA = { ...a, id: "beside a" };
const command = (profileId: string): Command => ({ kind: "delete", profileId });
const commands = (name: string, count: number) => Array.from({ length: count }, (_, at) => command(`${name}${at}`));
const applied = (id: string): Outcome => ({ kind: "applied", id });

const ONE_WRITER: Grouping = { atOnce: 1, atOncePerAccount: 1, storesPerTransaction: Number.POSITIVE_INFINITY };
const MANY_WRITERS: Grouping = { atOnce: 3, atOncePerAccount: 2, storesPerTransaction: 1 };

/** A queue whose transactions end when the test ends them. Each transaction lists its stores and the IDs of their commands. */
function heldQueue(grouping = ONE_WRITER) {
  const transactions: { batches: Record<string, string[]>; succeed(): void; fail(error: Error): void }[] = [];
  const clock = { now: 0 };
  const queue = new GroupCommit(
    (batches) => {
      const ids = batches.map(({ commands: each }) => each.map((one) => (one.kind === "upsert" ? "" : one.profileId)));
      return new Promise((resolve, reject) => {
        transactions.push({
          batches: Object.fromEntries(batches.map(({ storeId }, at) => [storeId, ids[at] ?? []])),
          succeed: () => resolve(ids.map((each) => each.map(applied))),
          fail: reject,
        });
      });
    },
    grouping,
    () => clock.now,
  );
  return {
    queue,
    clock,
    add: (store: typeof a, ...ids: string[]) => queue.add(store, ids.map(command)),
    begun: async () => {
      await setImmediate();
      return transactions.map(({ batches }) => batches);
    },
    async succeed(at: number) {
      transactions[at]?.succeed();
      await setImmediate();
    },
    async fail(at: number, error: Error) {
      transactions[at]?.fail(error);
      await setImmediate();
    },
  };
}

describe("group commit", () => {
  it("groups the calls of one turn into a transaction, and those that arrive meanwhile into the next", async () => {
    const held = heldQueue();
    const first = [held.add(a, "1"), held.add(a, "2", "3"), held.add(b, "4")];
    expect(await held.begun()).toEqual([{ a: ["1", "2", "3"], b: ["4"] }]);
    const second = [held.add(b, "5"), held.add(a, "6")];
    await held.succeed(0);
    expect(await Promise.all(first)).toEqual([[applied("1")], [applied("2"), applied("3")], [applied("4")]]);
    expect((await held.begun()).slice(1)).toEqual([{ b: ["5"], a: ["6"] }]);
    await held.succeed(1);
    expect(await Promise.all(second)).toEqual([[applied("5")], [applied("6")]]);
  });

  it("applies calls of one store under different rules in separate transactions", async () => {
    const held = heldQueue();
    const changed = { ...a, rules: { identifierTypes: new Map() } };
    const calls = [
      held.add(a, "1"),
      held.add(changed, "2"),
      held.add(a, "3"),
      held.add(b, "4"),
      held.add(changed, "5"),
    ];
    expect(await held.begun()).toEqual([{ a: ["1"], b: ["4"] }]);
    await held.succeed(0);
    await held.begun();
    await held.succeed(1);
    await held.begun();
    await held.succeed(2);
    await held.begun();
    await held.succeed(3);
    expect(await Promise.all(calls)).toEqual(["1", "2", "3", "4", "5"].map((id) => [applied(id)]));
    expect((await held.begun()).slice(1)).toEqual([{ a: ["2"] }, { a: ["3"] }, { a: ["5"] }]);
  });

  it("resolves a call without commands at once", async () => {
    expect(await heldQueue().add(a)).toEqual([]);
  });

  it("runs concurrent transactions if the engine supports them, a limited number per account, each of one store", async () => {
    const held = heldQueue(MANY_WRITERS);
    void held.add(a, "1");
    await held.begun();
    void held.add(a, "2");
    await held.begun();
    void held.add(a, "3");
    void held.add(b, "4");
    void held.add(c, "5");
    expect(await held.begun()).toEqual([{ a: ["1"] }, { a: ["2"] }, { b: ["4"] }]);
    await held.succeed(2);
    expect((await held.begun()).slice(3)).toEqual([{ c: ["5"] }]);
    await held.succeed(0);
    expect((await held.begun()).slice(4)).toEqual([{ a: ["3"] }]);
  });

  it("runs one full batch of an account at a time, beside other accounts", async () => {
    const held = heldQueue(MANY_WRITERS);
    for (const store of [a, besideA, a]) void held.queue.add(store, commands("bulk", 1000));
    void held.add(b, "1");
    expect((await held.begun()).map((batches) => Object.keys(batches))).toEqual([["a"], ["b"]]);
    await held.succeed(0);
    expect((await held.begun()).slice(2).map((batches) => Object.keys(batches))).toEqual([["beside a"]]);
    await held.succeed(2);
    expect((await held.begun()).slice(3).map((batches) => Object.keys(batches))).toEqual([["a"]]);
  });

  it("never splits a call, and limits transactions to a thousand commands", async () => {
    const held = heldQueue();
    for (const count of [400, 600, 1, 1500, 2]) void held.queue.add(a, commands(`${count}-`, count));
    for (let at = 0; at < 4; at++) await held.succeed((await held.begun()).length - 1);
    expect((await held.begun()).map(({ a: ids = [] }) => ids.length)).toEqual([1000, 1, 1500, 2]);
  });

  it.each([
    ["of one store", [a, a, a, a, a]],
    ["of several stores", [a, besideA, a, besideA, a]],
  ])(
    "lets accounts take turns, so that full batches %s delay another account by one transaction",
    async (_, stores) => {
      const held = heldQueue();
      for (const store of stores) void held.queue.add(store, commands("bulk", 1000));
      await held.begun();
      void held.add(b, "single");
      await held.succeed(0);
      expect((await held.begun())[1]).toEqual({ b: ["single"] });
      await held.succeed(1);
      expect(Object.keys((await held.begun())[2] ?? {})).toEqual([stores[1]?.id]);
    },
  );

  it("takes as many calls of an account with several stores as of another", async () => {
    const held = heldQueue();
    void held.add(c, "first");
    await held.begun();
    for (const store of [a, besideA, b]) {
      for (let at = 0; at < 4; at++) void held.queue.add(store, commands(`${at}-`, 250));
    }
    await held.succeed(0);
    const sizes = Object.entries((await held.begun())[1] ?? {}).map(([id, ids]) => [id, ids.length]);
    expect(sizes).toEqual([
      ["a", 500],
      ["b", 500],
    ]);
  });

  it("gives a full batch its turn among many single calls of other stores", async () => {
    const held = heldQueue();
    void held.add(b, "first");
    await held.begun();
    void held.queue.add(a, commands("bulk", 1000));
    for (let at = 0; at < 3; at++) void held.add(b, `single${at}`);
    await held.succeed(0);
    await held.succeed((await held.begun()).length - 1);
    const sizes = (await held.begun()).slice(1).map(({ a: ids = [] }) => ids.length);
    expect(sizes).toContain(1000);
  });

  it("retries each call alone when their shared transaction fails", async () => {
    const held = heldQueue();
    const results = Promise.allSettled(["good", "bad", "fine"].map((id) => held.add(a, id)));
    await held.begun();
    await held.fail(0, new Error("One of the calls is bad."));
    await held.begun();
    await held.succeed(1);
    await held.begun();
    await held.fail(2, new Error("This one is bad."));
    await held.begun();
    await held.succeed(3);
    expect(await held.begun()).toEqual([
      { a: ["good", "bad", "fine"] },
      { a: ["good"] },
      { a: ["bad"] },
      { a: ["fine"] },
    ]);
    expect(await results).toEqual([
      { status: "fulfilled", value: [applied("good")] },
      { status: "rejected", reason: new Error("This one is bad.") },
      { status: "fulfilled", value: [applied("fine")] },
    ]);
  });

  it("retries each call alone when their shared transaction lost every conflict with others", async () => {
    const held = heldQueue(MANY_WRITERS);
    const results = Promise.allSettled(["hot", "free"].map((id) => held.add(a, id)));
    await held.begun();
    const conflict = new StorageConflictError("Another transaction has the lock.");
    await held.fail(0, conflict);
    expect(await held.begun(), "the calls do not wait for each other").toEqual([
      { a: ["hot", "free"] },
      { a: ["hot"] },
      { a: ["free"] },
    ]);
    await held.fail(1, conflict);
    await held.succeed(2);
    expect(await results).toEqual([
      { status: "rejected", reason: conflict },
      { status: "fulfilled", value: [applied("free")] },
    ]);
    expect(await held.begun()).toHaveLength(3);
    expect(held.queue.backlog()).toEqual({ commands: 0, bytes: 0, oldestMs: 0 });
  });

  it("lets other calls take their turns between those that it retries, which share no transaction", async () => {
    const held = heldQueue();
    const results = Promise.all(["1", "2"].map((id) => held.add(a, id)));
    await held.begun();
    void held.add(b, "other");
    await held.fail(0, new Error("It failed once."));
    for (let at = 1; at < 4; at++) {
      await held.begun();
      await held.succeed(at);
    }
    expect((await held.begun()).slice(1)).toEqual([{ b: ["other"] }, { a: ["1"] }, { a: ["2"] }]);
    expect(await results).toEqual([[applied("1")], [applied("2")]]);
  });

  it("counts the wait of a retried call from the failure of its transaction", async () => {
    const held = heldQueue();
    const results = Promise.all(["1", "2"].map((id) => held.add(a, id)));
    await held.begun();
    held.clock.now = 10_001;
    await held.fail(0, new StorageConflictError("Another transaction has the lock."));
    for (const at of [1, 2]) {
      await held.begun();
      await held.succeed(at);
    }
    expect(await results).toEqual([[applied("1")], [applied("2")]]);
  });

  it.each([
    ["unavailable", new StorageUnavailableError("The disk is full.")],
    ["busy with other work", new StorageBusyError("Every connection is in use.")],
  ])("does not retry while the storage is %s", async (_, reason) => {
    const held = heldQueue();
    const results = Promise.allSettled([held.add(a, "1"), held.add(a, "2")]);
    await held.begun();
    await held.fail(0, reason);
    expect(await results).toEqual([
      { status: "rejected", reason },
      { status: "rejected", reason },
    ]);
    expect(await held.begun()).toHaveLength(1);
  });

  it("keeps the transactions of a store that are under way to a thousand commands together", async () => {
    const held = heldQueue(MANY_WRITERS);
    void held.queue.add(a, commands("first", 600));
    await held.begun();
    void held.queue.add(a, commands("large", 401));
    void held.queue.add(b, commands("other", 401));
    expect((await held.begun()).slice(1).map((batches) => Object.keys(batches))).toEqual([["b"]]);
    await held.succeed(0);
    expect((await held.begun()).slice(2).map((batches) => Object.keys(batches))).toEqual([["a"]]);
    void held.queue.add(a, commands("fitting", 599));
    expect((await held.begun())[3]?.["a"]).toHaveLength(599);
  });

  it("keeps a transaction of several stores to a thousand commands", async () => {
    const held = heldQueue();
    for (const store of [a, b]) void held.queue.add(store, commands(store.id, 600));
    void held.queue.add(c, commands("c", 400));
    const sizes = (batches: Record<string, string[]> = {}) => Object.values(batches).map((ids) => ids.length);
    expect(sizes((await held.begun())[0])).toEqual([600, 400]);
    await held.succeed(0);
    expect((await held.begun())[1]).toEqual({ b: expect.any(Array) });
  });

  it("runs one transaction at a time, each of one store, if the engine asks for that", async () => {
    const held = heldQueue({ ...MANY_WRITERS, atOnce: 1 });
    const results = [held.add(a, "1"), held.add(b, "2")];
    expect(await held.begun()).toEqual([{ a: ["1"] }]);
    await held.succeed(0);
    expect(await held.begun()).toEqual([{ a: ["1"] }, { b: ["2"] }]);
    await held.succeed(1);
    expect(await Promise.all(results)).toEqual([[applied("1")], [applied("2")]]);
    expect(await held.begun()).toHaveLength(2);
  });

  it("begins no more transactions of a store than the engine allows, even if no other store has work", async () => {
    const held = heldQueue(MANY_WRITERS);
    for (const id of ["1", "2", "3"]) {
      void held.add(a, id);
      await held.begun();
    }
    expect(await held.begun()).toEqual([{ a: ["1"] }, { a: ["2"] }]);
    await held.succeed(1);
    expect((await held.begun()).slice(2)).toEqual([{ a: ["3"] }]);
  });

  it("counts the commands of a store down when one of its transactions ends before another", async () => {
    const held = heldQueue(MANY_WRITERS);
    for (const count of [600, 400, 600]) {
      void held.queue.add(a, commands(`${count}-`, count));
      await held.begun();
    }
    expect(await held.begun()).toHaveLength(2);
    await held.succeed(0);
    expect((await held.begun()).map(({ a: ids = [] }) => ids.length)).toEqual([600, 400, 600]);
  });

  it("is how a storage applies commands, beside the other calls of its engine", async () => {
    const storage = openMemory();
    const reservation = storage.reserve("a");
    reservation.add(5);
    const outcomes = storage.apply(a, [command("1"), command("2")]);
    expect(storage.backlog()).toMatchObject({ commands: 2, bytes: 5 });
    expect(await outcomes).toEqual([{ kind: "missing" }, { kind: "missing" }]);
    reservation.release();
    expect(storage.backlog()).toEqual({ commands: 0, bytes: 0, oldestMs: 0 });
    const gone = storage.apply(a, [command("1")], { isAbandoned: () => true });
    await expect(gone).rejects.toThrow(AbandonedCallError);
    expect(await storage.listProfiles("a", "ASC", 10)).toEqual([]);
    await storage.close();
    await expect(storage.probe()).rejects.toThrow(StorageUnavailableError);
  });
});

describe("the backlog", () => {
  it("is bounded in commands, and leaves room for other accounts", async () => {
    const held = heldQueue();
    for (let at = 0; at < 25; at++) void held.queue.add(at % 2 === 0 ? a : besideA, commands("bulk", 1000));
    for (const store of [a, besideA]) await expect(held.add(store, "one more")).rejects.toThrow(StorageBusyError);
    expect(held.queue.backlog().commands).toBe(25_000);
    expect(() => held.queue.reserve(a.accountSid).add(1)).toThrow(StorageBusyError);
    expect(() => held.queue.reserve(b.accountSid).add(1)).not.toThrow();
    void held.add(b, "1");
    for (let at = 0; at < 26; at++) await held.succeed((await held.begun()).length - 1);
    expect(held.queue.backlog()).toMatchObject({ commands: 0, oldestMs: 0 });
    expect(() => held.queue.reserve(a.accountSid).add(1)).not.toThrow();
  });

  it("always leaves room for a small write of another account, however many accounts send large ones", () => {
    const { queue } = heldQueue();
    const MIB = 1024 * 1024;
    for (const id of ["a", "a", "b"]) queue.reserve(id).add(16 * MIB);
    expect(() => queue.reserve("c").add(16 * MIB)).toThrow(StorageBusyError);
    queue.reserve("c").add(8 * MIB);
    queue.reserve("d").add(MIB);
  });

  it("is bounded in bytes, which are freed on release", () => {
    const { queue } = heldQueue();
    const MIB = 1024 * 1024;
    const [large, growing, other] = [queue.reserve("a"), queue.reserve("a"), queue.reserve("b")];
    large.add(16 * MIB);
    for (let at = 0; at < 16; at++) growing.add(MIB);
    expect(() => growing.add(MIB)).toThrow(StorageBusyError);
    expect(queue.backlog().bytes).toBe(32 * MIB);
    other.add(16 * MIB);
    expect(() => other.add(16 * MIB)).toThrow(StorageBusyError);
    for (const reservation of [large, growing, other, growing]) reservation.release();
    expect(queue.backlog().bytes).toBe(0);
  });

  it("drops a call whose caller is gone, if it has not started", async () => {
    const held = heldQueue();
    let isGone = false;
    const options = { isAbandoned: () => isGone };
    const begun = held.queue.add(a, [command("begun")], options);
    await held.begun();
    const waiting = held.queue.add(a, [command("waiting")], options);
    const other = held.add(a, "other");
    isGone = true;
    const dropped = expect(waiting).rejects.toThrow(AbandonedCallError);
    await held.succeed(0);
    await dropped;
    expect((await held.begun())[1]).toEqual({ a: ["other"] });
    await held.succeed(1);
    expect(await Promise.all([begun, other])).toEqual([[applied("begun")], [applied("other")]]);
    expect(held.queue.backlog().commands).toBe(0);
  });

  it("drops calls that have waited for too long, and reports the age of the oldest", async () => {
    const held = heldQueue();
    void held.add(a, "hanging");
    await held.begun();
    const old = held.add(a, "old");
    held.clock.now = 4000;
    const recent = held.add(b, "recent");
    expect(held.queue.backlog().oldestMs).toBe(4000);
    held.clock.now = 10_001;
    const dropped = expect(old).rejects.toThrow(StorageBusyError);
    await held.succeed(0);
    await dropped;
    await held.succeed(1);
    expect(await recent).toEqual([applied("recent")]);
  });

  it("counts each call down once, whether it succeeds or fails, together or alone", async () => {
    const held = heldQueue();
    const results = Promise.allSettled([held.add(a, "1"), held.add(a, "2", "3"), held.add(b, "4")]);
    await held.begun();
    const later = held.add(b, "5");
    expect(held.queue.backlog().commands).toBe(5);
    await held.fail(0, new Error("Something in it is bad."));
    expect(held.queue.backlog().commands).toBe(5);
    await held.begun();
    await held.succeed(1);
    expect(await later).toEqual([applied("5")]);
    expect(held.queue.backlog().commands).toBe(4);
    await held.begun();
    await held.fail(2, new Error("This one is bad."));
    expect(held.queue.backlog().commands).toBe(3);
    await held.begun();
    await held.succeed(3);
    expect(held.queue.backlog().commands).toBe(2);
    await held.begun();
    await held.fail(4, new StorageUnavailableError("The disk is full."));
    expect((await results).map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(held.queue.backlog().commands).toBe(0);
  });

  it("runs a call that has waited for exactly the maximum, and says why it drops another", async () => {
    const held = heldQueue();
    void held.add(a, "hanging");
    await held.begun();
    let isGone = false;
    const gone = held.queue.add(b, [command("gone")], { isAbandoned: () => isGone });
    const waiting = held.add(a, "waiting");
    isGone = true;
    held.clock.now = 10_000;
    const dropped = expect(gone).rejects.toThrow("The caller is gone.");
    await held.succeed(0);
    await dropped;
    await held.succeed(1);
    expect(await waiting).toEqual([applied("waiting")]);
    for (let at = 0; at < 25; at++) void held.queue.add(a, commands("bulk", 1000));
    await expect(held.add(a, "more")).rejects.toThrow("Too many writes are waiting.");
  });

  it("has no oldest call while none waits, and the oldest of any store otherwise", async () => {
    const held = heldQueue();
    held.clock.now = 100;
    expect(held.queue.backlog()).toEqual({ commands: 0, bytes: 0, oldestMs: 0 });
    void held.add(a, "under way");
    await held.begun();
    void held.add(b, "older");
    held.clock.now = 300;
    void held.add(a, "newer");
    held.clock.now = 350;
    expect(held.queue.backlog()).toEqual({ commands: 3, bytes: 0, oldestMs: 250 });
  });

  it("is bounded in commands to exactly what another store leaves free", () => {
    const { queue } = heldQueue();
    for (let at = 0; at < 24; at++) void queue.add(a, commands("bulk", 1000));
    void queue.add(a, commands("last", 999));
    expect(() => queue.reserve(a.accountSid).add(1)).not.toThrow();
    void queue.add(b, commands("other", 2));
    expect(() => queue.reserve(a.accountSid).add(1)).toThrow(StorageBusyError);
  });

  it("is bounded in bytes of one account to exactly half", () => {
    const MIB = 1024 * 1024;
    const [exact, above] = [heldQueue().queue.reserve("a"), heldQueue().queue.reserve("a")];
    exact.add(24 * MIB);
    expect(() => exact.add(8 * MIB)).not.toThrow();
    above.add(24 * MIB);
    expect(() => above.add(8 * MIB + 1)).toThrow(StorageBusyError);
  });

  it("drops calls that wait for too long even if no transaction ends", async () => {
    const held = heldQueue();
    void held.add(a, "hanging");
    await held.begun();
    const dropped = expect(held.add(a, "old")).rejects.toThrow(StorageBusyError);
    const alsoDropped = expect(held.add(b, "old")).rejects.toThrow(StorageBusyError);
    held.clock.now = 10_001;
    void held.add(b, "new");
    await Promise.all([dropped, alsoDropped]);
    expect(held.queue.backlog()).toMatchObject({ commands: 2, oldestMs: 0 });
    await held.succeed(0);
    expect(await held.begun()).toEqual([{ a: ["hanging"] }, { b: ["new"] }]);
  });

  it("does not report the age of calls that were dropped", async () => {
    const held = heldQueue();
    void held.add(a, "hanging");
    await held.begun();
    const dropped = expect(held.add(b, "old")).rejects.toThrow(StorageBusyError);
    held.clock.now = 10_001;
    await held.succeed(0);
    await dropped;
    expect(held.queue.backlog()).toEqual({ commands: 0, bytes: 0, oldestMs: 0 });
  });
});
