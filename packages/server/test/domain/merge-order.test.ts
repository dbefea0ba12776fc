import type { TraitValue } from "@memory-api/types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import { RowsInMemory } from "./rows-in-memory.ts";
import { applyInBatches, patch, upsert } from "./store.ts";

/** What a profile has of a trait before the merge: a value, a removal, or nothing. */
type Entry = { readonly value: TraitValue | null; readonly writtenAt: number } | undefined;

// Few times, so that many are equal.
const entry = fc.option(
  fc.record({ value: fc.constantFrom<TraitValue | null>("", "Oslo", "Rome", "null", null), writtenAt: fc.nat(2) }),
  { nil: undefined },
);
const tagsEntry = fc.option(
  fc.record({
    value: fc.constantFrom<TraitValue | null>([], ["a"], ["a", 1], [1, "a"], ["1"], [true], null),
    writtenAt: fc.nat(2),
  }),
  { nil: undefined },
);
const profile = fc.record({ city: entry, tags: tagsEntry });

/** Three or four profiles, and pairs of them that merge in turn, until all are one. */
const story = fc.integer({ min: 3, max: 4 }).chain((count) =>
  fc.record({
    profiles: fc.array(profile, { minLength: count, maxLength: count }),
    order: fc.shuffledSubarray(
      Array.from({ length: count }, (_, at) => at),
      { minLength: count },
    ),
    partners: fc.array(fc.nat(), { minLength: count, maxLength: count }),
    batchSize: fc.constantFrom(1, 3, 1000),
  }),
);

const idOf = (at: number) => `p${at}`;
const phoneOf = (at: number) => `415555000${at}`;

/** Creates the profiles, each with a phone number, and writes their entries. */
function creationOf({ city, tags }: { readonly city: Entry; readonly tags: Entry }, at: number): Command[] {
  const create = upsert(idOf(at), 0, { phone: phoneOf(at) });
  const writes = Object.entries({ city, tags }).flatMap(([trait, written]) =>
    written === undefined ? [] : [patch(idOf(at), written.writtenAt, { [trait]: written.value })],
  );
  return [create, ...writes];
}

/** The value that wins by the rule as it is documented. */
function winnerOf(entries: readonly Entry[]): TraitValue | undefined {
  const written = entries.filter((each) => each !== undefined);
  const last = Math.max(...written.map(({ writtenAt }) => writtenAt));
  const values = written.flatMap(({ value, writtenAt }) => (writtenAt === last && value !== null ? [value] : []));
  return values.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? 1 : -1))[0];
}

describe("a merge of several profiles", () => {
  it("has the same outcome in every order and through every sequence of pairs", async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ profiles, order, partners, batchSize }) => {
        // A patch of any ID in a chain would be moved, so pairs merge by their phone numbers.
        const merges = order.slice(1).map((at, before) => {
          const partner = order[(partners[before] ?? 0) % (before + 1)] ?? 0;
          return mergeOf([at, partner]);
        });
        const rows = new RowsInMemory();
        await applyInBatches(rows, [...profiles.flatMap(creationOf), ...merges], batchSize);
        expectMerged(rows, profiles);
      }),
      { numRuns: 500 },
    );
  });

  it("has the same outcome if one request merges all of them", async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ profiles, order, batchSize }) => {
        const rows = new RowsInMemory();
        await applyInBatches(rows, [...profiles.flatMap(creationOf), mergeOf(order)], batchSize);
        expectMerged(rows, profiles);
      }),
    );
  });

  /** A request that carries the phone numbers of several profiles, and writes no trait. */
  function mergeOf(profiles: readonly number[]): Command {
    const newId = `new ${profiles.join()}`;
    const [first = 0] = profiles;
    const identifiers = profiles.flatMap((at) => upsert(newId, 9, { phone: phoneOf(at) }).identifiers);
    return { ...upsert(newId, 9, { phone: phoneOf(first) }), changes: [], identifiers };
  }

  function expectMerged(rows: RowsInMemory, profiles: readonly { readonly city: Entry; readonly tags: Entry }[]) {
    expect([...rows.profiles.keys()]).toEqual(["p0"]);
    const { city, tags } = rows.traitsOf("p0") ?? {};
    expect([city, tags]).toEqual([
      winnerOf(profiles.map((each) => each.city)),
      winnerOf(profiles.map((each) => each.tags)),
    ]);
    expect(rows.identifiersOf("p0")).toEqual(profiles.map((_, at) => `phone +1${phoneOf(at)}`));
    for (const at of profiles.keys()) expect(rows.canonicalId(idOf(at))).toBe("p0");
  }
});
