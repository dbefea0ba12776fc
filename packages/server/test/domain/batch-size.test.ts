import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import { RowsInMemory } from "./rows-in-memory.ts";
import { applyInBatches, deletion, patch, upsert } from "./store.ts";

const email = fc.constantFrom("a@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com");
const phone = fc.constantFrom("4155550001", "4155550002", "4155550003");
const chat = fc.constantFrom("1", "2", "3", "4");
const removal = fc.constant(null);
const anyTime = fc.nat(20);

const person = fc.record(
  { email, otherEmail: email, phone, chat, city: fc.constantFrom("Oslo", "Rome") },
  { requiredKeys: ["email"] },
);
const changes = fc.record(
  {
    email: fc.oneof(email, removal),
    otherEmail: fc.oneof(email, removal),
    phone: fc.oneof(phone, removal),
    chat: fc.oneof(chat, removal),
    city: fc.oneof(fc.constant("Bern"), removal),
  },
  { requiredKeys: [] },
);

/** By the place of a command: it decides the ID of a new profile, and the time, which can go back. */
type Step = (at: number) => Command;

const idOf = (at: number) => `p${String(at).padStart(3, "0")}`;
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(person, anyTime).map(
      ([traits, back]): Step =>
        (at) =>
          upsert(idOf(at), at * 10 + 20 - back, traits),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat(20), changes, anyTime).map(
      ([id, traits, back]): Step =>
        (at) =>
          patch(idOf(id), at * 10 + 20 - back, traits),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(20).map(
      (id): Step =>
        () =>
          deletion(idOf(id)),
    ),
  },
);

describe("commands", () => {
  it("leave the same rows, whatever batches they are applied in", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.integer({ min: 2, max: 25 }), async (steps, batchSize) => {
        const commands = steps.map((build, at) => build(at));
        const [rows, others] = [new RowsInMemory(), new RowsInMemory()];
        const outcomes = await applyInBatches(rows, commands, 1);
        expect(await applyInBatches(others, commands, batchSize)).toEqual(outcomes);
        expect(stateOf(others)).toEqual(stateOf(rows));
      }),
      { numRuns: 1000 },
    );
  });

  const stateOf = ({ profiles, nodes, identifiers, groups }: RowsInMemory) => ({
    profiles,
    nodes,
    identifiers,
    groups,
  });
});
