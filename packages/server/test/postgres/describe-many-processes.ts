import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { deletion, patch, upsert, upsertEmail } from "../storage-contract/commands.ts";
import { peopleIn, peopleOf } from "../storage-contract/people.ts";
import { applyOne, traitsOf } from "../storage-contract/profile-reader.ts";
import { createRandom } from "../storage-contract/random.ts";
import { otherStore as store } from "../storage-contract/storage-engine.ts";

const PROCESSES = 4;

/** Distributes the commands over the processes, with eight concurrent calls each. */
async function applyEverywhere(storages: readonly Storage[], commands: readonly Command[]): Promise<void> {
  const waiting = [...commands];
  const work = async (storage: Storage) => {
    for (let command = waiting.pop(); command !== undefined; command = waiting.pop()) {
      await storage.apply(store, [command]);
    }
  };
  await Promise.all(storages.flatMap((storage) => Array.from({ length: 8 }, () => work(storage))));
}

/**
 * Defines the tests of four processes on one database.
 *
 * @param createDatabase returns the URL of a new, empty database
 */
export function describeManyProcesses(name: string, createDatabase: () => Promise<string>): void {
  describe(name, () => {
    let storages: Storage[] = [];
    beforeEach(async () => {
      const databaseUrl = await createDatabase();
      const opened = await Promise.all(Array.from({ length: PROCESSES }, () => openPostgres({ databaseUrl })));
      storages = opened.map(({ storage }) => storage);
    });
    afterEach(() => Promise.all(storages.map((storage) => storage.close())));
    const storage = () => {
      const [first] = storages;
      if (first === undefined) throw new Error("No storage is open.");
      return first;
    };

    it("resolve the same people as a single process would", async () => {
      const random = createRandom(3);
      const commands = Array.from({ length: 1500 }, () =>
        upsert({ Contact: { email: `${random(2500)}@example.com`, phone: `${random(2500)}` } }),
      );
      await applyEverywhere(storages, commands);
      expect(await peopleOf(storage(), store, commands)).toEqual(peopleIn(commands));
    });

    it("write, merge and delete the same few people, and each email address belongs to one profile", async () => {
      const random = createRandom(5);
      const created = Array.from({ length: 12 }, (_, at) => upsertEmail(`few ${at}`));
      await storage().apply(store, created);
      const someId = () => created[random(12)]?.newId ?? "";
      const someEmail = () => `few ${random(12)}`;
      const kinds = [
        () => patch(someId(), { Contact: { email: null } }),
        () => patch(someId(), { Contact: { email: someEmail() } }),
        () => upsert({ Contact: { email: someEmail(), phone: someEmail() } }),
      ];
      for (let round = 0; round < 20; round++) {
        const live = await storage().listProfiles(store.id, "DESC", 8);
        const some = Array.from({ length: 24 }, () => kinds[random(kinds.length)]?.() ?? deletion(someId()));
        await applyEverywhere(storages, [...live.map(deletion), ...some]);
        created.push(...some.filter((command) => command.kind === "upsert"));
      }
      for (const id of await storage().listProfiles(store.id, "ASC", 10_000)) {
        const email = (await traitsOf(storage(), id, undefined, store.id))?.["Contact"]?.["email"];
        if (typeof email === "string") expect(await applyOne(storage(), upsertEmail(email), store)).toBe(id);
      }
    });
  });
}
