import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkHistory, smallestWitness } from "../src/linearizability/check-history.ts";
import type { HistoryEntry, Specification } from "../src/linearizability/history.ts";
import { independentParts } from "../src/linearizability/independent-parts.ts";
import { UnionFind } from "../src/linearizability/union-find.ts";

type Operation = { readonly kind: "write" | "read"; readonly value: number };

const register: Specification<number, Operation> = {
  initial: 0,
  apply: (state, { operation: { kind, value } }) => (kind === "write" ? [value] : value === state ? [state] : []),
  isRead: ({ kind }) => kind === "read",
  keyOf: String,
};

const write = (value: number, start: number, end: number) => entry({ kind: "write", value }, start, end);
const read = (value: number, start: number, end: number) => entry({ kind: "read", value }, start, end);

function entry(operation: Operation, start: number, end: number): HistoryEntry<Operation> {
  return { operation, start, end };
}

describe("checkHistory", () => {
  it.each<[string, HistoryEntry<Operation>[]]>([
    ["nothing", []],
    ["a read of the written value", [write(1, 0, 1), read(1, 2, 3)]],
    ["a read during a write, of the old value", [write(1, 0, 5), read(0, 1, 2)]],
    ["a read during a write, of the new value", [write(1, 0, 5), read(1, 1, 2)]],
    ["writes that overlap, in the opposite order", [write(1, 0, 5), write(2, 1, 4), read(1, 6, 7)]],
    ["reads during a write, first old and then new", [write(1, 0, 9), read(0, 1, 2), read(1, 3, 4)]],
    // Figure 1a of Herlihy and Wing, "Linearizability", 1990, for a register.
    ["a write that takes effect between two others", [write(1, 0, 9), write(2, 1, 2), read(2, 3, 4), read(1, 10, 11)]],
  ])("accepts %s", (_, history) => {
    expect(checkHistory(history, register)).toBe("linearizable");
  });

  it.each<[string, HistoryEntry<Operation>[]]>([
    ["a read of a value that nobody wrote", [write(1, 0, 1), read(2, 2, 3)]],
    ["a read of an old value after a write ended", [write(1, 0, 1), read(0, 2, 3)]],
    ["reads during a write, first new and then old", [write(1, 0, 9), read(1, 1, 2), read(0, 3, 4)]],
    [
      "two readers that see two writes in opposite orders",
      [write(1, 0, 20), write(2, 0, 20), read(1, 1, 2), read(2, 3, 4), read(1, 5, 6)],
    ],
    [
      "a read that is older than a write that was read before",
      [write(1, 0, 1), write(2, 2, 9), read(2, 3, 4), read(1, 5, 6)],
    ],
  ])("rejects %s", (_, history) => {
    expect(checkHistory(history, register)).toBe("not linearizable");
  });

  it("stops when it has visited too many states", () => {
    const history = Array.from({ length: 12 }, (_, at) => write(at, 0, 100)).concat(read(99, 101, 102));
    expect(checkHistory(history, register, { maxStates: 100 })).toBe("unknown");
  });

  it("visits a state only once, so that writes in any order are cheap", () => {
    const history = Array.from({ length: 10 }, (_, at) => write(at % 2, 0, 100)).concat(read(99, 101, 102));
    expect(checkHistory(history, register, { maxStates: 2 ** 11 })).toBe("not linearizable");
  });

  it("agrees with a search of all orders", () => {
    const entries = fc.array(
      fc.record({
        kind: fc.constantFrom("write" as const, "read" as const),
        value: fc.nat(2),
        start: fc.nat(12),
        duration: fc.nat(6),
      }),
      { maxLength: 6 },
    );
    let rejected = 0;
    fc.assert(
      fc.property(entries, (chosen) => {
        const history = chosen.map(({ kind, value, start, duration }) =>
          entry({ kind, value }, start, start + duration),
        );
        const isExplained = permutations(history).some(isPossible);
        if (!isExplained) rejected++;
        expect(checkHistory(history, register)).toBe(isExplained ? "linearizable" : "not linearizable");
      }),
      { numRuns: 500, seed: 7 },
    );
    expect(rejected).toBeGreaterThan(50);
  });
});

describe("smallestWitness", () => {
  it("keeps only what contradicts", () => {
    const stale = [write(5, 4, 5), read(0, 6, 7)];
    const history = [write(0, 0, 1), read(0, 2, 3), ...stale, write(9, 8, 9), read(9, 10, 11)];
    expect(smallestWitness(history, register)).toEqual(stale);
  });

  it("keeps a write that is not visible later", () => {
    const history = [write(1, 0, 1), write(2, 2, 3), read(1, 4, 5), read(1, 6, 7)];
    expect(smallestWitness(history, register)).toEqual([write(2, 2, 3), read(1, 4, 5)]);
  });

  it("removes writes that may have had an effect, if the reads contradict each other anyway", () => {
    const history = [write(1, 0, 1), write(2, 2, 9), read(2, 3, 4), read(1, 5, 6), read(2, 10, 11)];
    expect(smallestWitness(history, register)).toEqual([read(2, 3, 4), read(1, 5, 6)]);
  });
});

describe("independentParts", () => {
  it("joins items that share a key through others", () => {
    const parts = independentParts(["ab", "cd", "be", "f", "dg"], (item) => [...item]);
    expect(parts).toEqual([["ab", "be"], ["cd", "dg"], ["f"]]);
  });
});

describe("UnionFind", () => {
  it("represents a set by one member", () => {
    const sets = new UnionFind();
    sets.join(["a", "b"]);
    sets.join(["c", "d"]);
    sets.join(["b", "d"]);
    expect(new Set(["a", "b", "c", "d"].map((key) => sets.find(key))).size).toBe(1);
    expect(sets.find("e")).toBe("e");
  });
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

function isPossible(order: readonly HistoryEntry<Operation>[]): boolean {
  let state = 0;
  for (const [at, { operation, start }] of order.entries()) {
    if (order.slice(at + 1).some(({ end }) => end < start)) return false;
    if (operation.kind === "write") state = operation.value;
    else if (operation.value !== state) return false;
  }
  return true;
}
