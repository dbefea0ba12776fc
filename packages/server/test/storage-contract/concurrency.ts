import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/domain/commands/command.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { deletion, patch, upsert, upsertEmail } from "./commands.ts";
import { peopleIn, peopleOf } from "./people.ts";
import { applyOne } from "./profile-reader.ts";
import { createRandom } from "./random.ts";
import { otherStore as store } from "./storage-engine.ts";

const AT_ONCE = 64;

export function describeConcurrency(storage: () => Storage): void {
  const numbers = Array.from({ length: AT_ONCE }, (_, at) => at);

  describe(`${AT_ONCE} concurrent calls`, () => {
    it("with the same identifier result in one profile", async () => {
      const outcomes = await Promise.all(numbers.map(() => storage().apply(store, [upsertEmail("shared")])));
      const [survivor = "", ...others] = await storage().listProfiles(store.id, "ASC", 100);
      expect(others).toEqual([]);
      expect(outcomes.flat()).toEqual(numbers.map(() => ({ kind: "applied", id: survivor })));
    });

    it("that share identifiers in pairs result in one profile, and every other ID redirects directly to it", async () => {
      const linked = numbers.map((at) => upsert({ Contact: { email: `${at}`, phone: `${(at * 7) % AT_ONCE}` } }));
      const links = numbers.map((at) =>
        upsert({ Contact: { email: `${(at + 1) % AT_ONCE}`, phone: `${(at * 7) % AT_ONCE}` } }),
      );
      const outcomes = await Promise.all([...linked, ...links].map((command) => storage().apply(store, [command])));
      const [survivor = "", ...others] = await storage().listProfiles(store.id, "ASC", 100);
      expect(others).toEqual([]);
      for (const id of idsOf(outcomes.flat())) {
        const view = await storage().fetchProfile(store.id, id);
        expect(view).toMatchObject(id === survivor ? { kind: "live" } : { kind: "moved", id: survivor });
      }
    });

    it("group people by the identifiers that they share", async () => {
      const random = createRandom(7);
      const commands = numbers.map(() => upsert({ Contact: { email: `${random(40)}`, phone: `${random(40)}` } }));
      await Promise.all(commands.map((command) => storage().apply(store, [command])));
      expect(await peopleOf(storage(), store, commands)).toEqual(peopleIn(commands));
      expect(await storage().listProfiles(store.id, "ASC", 100)).toHaveLength(peopleIn(commands).length);
    });

    it("of every kind succeed, and every identifier belongs to a live profile", async () => {
      const ids: string[] = [];
      for (const at of numbers.slice(0, 8)) ids.push(await applyOne(storage(), upsertEmail(`${at}`), store));
      const random = createRandom(11);
      const commands = numbers.map((at) => {
        const id = ids[random(8)] ?? "";
        const email = `${random(8)}`;
        if (at % 8 === 0) return deletion(id);
        if (at % 3 === 0) return patch(id, { Contact: { email: at % 2 === 0 ? null : email } });
        return upsert({ Contact: { email, phone: `${random(8)}` } });
      });
      await Promise.all(commands.map((command) => storage().apply(store, [command])));
      for (const at of numbers.slice(0, 8)) {
        const id = await applyOne(storage(), upsertEmail(`${at}`), store);
        expect(await storage().fetchProfile(store.id, id)).toMatchObject({ kind: "live" });
      }
    });
  });
}

function idsOf(outcomes: readonly Outcome[]): Set<string> {
  return new Set(outcomes.map((outcome) => (outcome.kind === "applied" ? outcome.id : `not applied: ${outcome.kind}`)));
}
