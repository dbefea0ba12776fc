import { describe, expect, it } from "vitest";
import type { Command, Outcome } from "../../src/domain/command.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { createWriteQueue } from "../../src/storage/write-queue.ts";

const store = "mem_store_00000000000000000000000000";
const command = (profileId: string): Command => ({ kind: "delete", profileId });
const commands = (name: string, count: number) => Array.from({ length: count }, (_, at) => command(`${name}${at}`));
const applied = (id: string): Outcome => ({ kind: "applied", id });

/** A queue whose transactions end when the test says so. Each is told by the IDs in it. */
function heldQueue() {
  const transactions: { ids: string[]; succeed(): void; fail(error: Error): void }[] = [];
  const apply = createWriteQueue((_, batch) => {
    const ids = batch.map((each) => (each.kind === "upsert" ? each.newId : each.profileId));
    return new Promise((resolve, reject) => {
      transactions.push({ ids, succeed: () => resolve(ids.map(applied)), fail: reject });
    });
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    apply: (...ids: string[]) => apply(store, ids.map(command)),
    applyTo: apply,
    ids: () => transactions.map(({ ids }) => ids),
    async succeed(at: number) {
      transactions[at]?.succeed();
      await settled();
    },
    async fail(at: number, error: Error) {
      transactions[at]?.fail(error);
      await settled();
    },
  };
}

describe("a write queue", () => {
  it("begins calls at once while few are under way, and lets the rest go together", async () => {
    const queue = heldQueue();
    const calls = ["a", "b", "c", "d", "e", "f", "g"].map((id) => queue.apply(id));
    expect(queue.ids()).toEqual([["a"], ["b"], ["c"], ["d"]]);
    await queue.succeed(2);
    expect(queue.ids().slice(4)).toEqual([["e", "f", "g"]]);
    for (const at of [0, 1, 3, 4]) await queue.succeed(at);
    expect(await Promise.all(calls)).toEqual(["a", "b", "c", "d", "e", "f", "g"].map((id) => [applied(id)]));
  });

  it("gives each call its own outcomes", async () => {
    const queue = heldQueue();
    for (const id of ["a", "b", "c", "d"]) void queue.apply(id);
    const calls = [queue.apply("e", "f"), queue.apply(), queue.apply("g")];
    await queue.succeed(0);
    await queue.succeed(4);
    expect(await Promise.all(calls)).toEqual([[applied("e"), applied("f")], [], [applied("g")]]);
  });

  it("keeps calls whole, and transactions to about a thousand commands", async () => {
    const queue = heldQueue();
    for (const id of ["a", "b", "c", "d"]) void queue.apply(id);
    for (const count of [400, 600, 1, 1500, 2]) void queue.applyTo(store, commands(`${count}-`, count));
    for (let at = 0; at < 4; at++) await queue.succeed(at);
    expect(
      queue
        .ids()
        .slice(4)
        .map((ids) => ids.length),
    ).toEqual([1000, 1, 1500, 2]);
  });

  it("keeps stores apart", async () => {
    const queue = heldQueue();
    for (const id of ["a", "b", "c", "d", "e"]) void queue.apply(id);
    void queue.applyTo("mem_store_00000000000000000000000001", [command("other")]);
    expect(queue.ids()).toEqual([["a"], ["b"], ["c"], ["d"], ["other"]]);
  });

  it("tries each call by itself when what they share fails", async () => {
    const queue = heldQueue();
    for (const id of ["a", "b", "c", "d"]) void queue.apply(id);
    const calls = ["good", "bad", "fine"].map((id) => queue.apply(id));
    const results = Promise.allSettled(calls);
    await queue.succeed(0);
    await queue.fail(4, new Error("One of them is bad."));
    await queue.succeed(5);
    await queue.fail(6, new Error("This one is bad."));
    await queue.succeed(7);
    expect(queue.ids().slice(4)).toEqual([["good", "bad", "fine"], ["good"], ["bad"], ["fine"]]);
    expect(await results).toEqual([
      { status: "fulfilled", value: [applied("good")] },
      { status: "rejected", reason: new Error("This one is bad.") },
      { status: "fulfilled", value: [applied("fine")] },
    ]);
  });

  it("does not try again while the storage is unavailable", async () => {
    const queue = heldQueue();
    for (const id of ["a", "b", "c", "d"]) void queue.apply(id);
    const results = Promise.allSettled([queue.apply("e"), queue.apply("f")]);
    await queue.succeed(0);
    const unavailable = new StorageUnavailableError("The disk is full.");
    await queue.fail(4, unavailable);
    expect(await results).toEqual([
      { status: "rejected", reason: unavailable },
      { status: "rejected", reason: unavailable },
    ]);
    expect(queue.ids()).toHaveLength(5);
  });
});
