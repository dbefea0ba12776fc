import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { upsert, upsertEmail } from "./commands.ts";
import { applyOne, traitsOf } from "./profile-reader.ts";
import { store, storeId } from "./storage-engine.ts";

export function describeBatches(storage: () => Storage): void {
  const apply = (...commands: readonly Command[]) => storage().apply(store, commands);

  describe("a call", () => {
    it("without commands does nothing", async () => {
      expect(await apply()).toEqual([]);
    });

    it("applies its commands in order, so a later one wins", async () => {
      const [first, second] = ["Ada", "Augusta"].map((firstName) => upsert({ Contact: { email: "1", firstName } }));
      if (!first || !second) throw new Error("Expected two commands.");
      const outcome = { kind: "applied", id: first.newId };
      expect(await apply(first, second)).toEqual([outcome, outcome]);
      expect(await traitsOf(storage(), first.newId)).toEqual({ Contact: { email: "1", firstName: "Augusta" } });
    });

    it("may have a thousand commands", async () => {
      const commands = Array.from({ length: 1000 }, (_, at) =>
        upsert({ Contact: { email: `${at}` }, Orders: { count: at } }),
      );
      expect(await apply(...commands)).toEqual(commands.map(({ newId: id }) => ({ kind: "applied", id })));
      expect(await storage().listProfiles(storeId, "ASC", 2000)).toEqual(commands.map(({ newId }) => newId));
      const again = commands.map((_, at) => upsert({ Contact: { email: `${at}` }, Orders: { count: at + 1 } }));
      expect(await apply(...again)).toEqual(commands.map(({ newId: id }) => ({ kind: "applied", id })));
      expect(await traitsOf(storage(), commands[7]?.newId ?? "")).toEqual({
        Contact: { email: "7" },
        Orders: { count: 8 },
      });
    });

    it("applies all of its commands or none", async () => {
      const good = upsertEmail("good");
      await expect(apply(good, upsert({ Contact: { email: "bad" } }, await takenId()))).rejects.toThrow();
      expect(await storage().fetchProfile(storeId, good.newId)).toBeUndefined();
      for (const email of ["good", "bad"]) {
        const free = upsertEmail(email);
        expect(await applyOne(storage(), free)).toBe(free.newId);
      }
    });

    it("does not fail because another call fails", async () => {
      const bad = upsert({ Contact: { email: "bad" } }, await takenId());
      const good = Array.from({ length: 40 }, (_, at) => upsertEmail(`good ${at}`));
      const calls = [...good.slice(0, 20), bad, ...good.slice(20)].map((command) => apply(command));
      const results = await Promise.allSettled(calls);
      expect(results.map(({ status }, at) => [at, status])).toEqual(
        results.map((_, at) => [at, at === 20 ? "rejected" : "fulfilled"]),
      );
      expect(await storage().listProfiles(storeId, "ASC", 100)).toHaveLength(good.length + 1);
    });

    it("rejects with an error that contains no value", async () => {
      const failure = await apply(upsert({ Contact: { email: "secret" } }, await takenId())).catch((error) => error);
      expect(failure).toBeInstanceOf(Error);
      expect(JSON.stringify([failure.message, failure.stack, { ...failure }, String(failure.cause)])).not.toContain(
        "secret",
      );
    });
  });

  /** The ID of an existing profile, so that creating another profile with it fails. */
  async function takenId(): Promise<string> {
    return applyOne(storage(), upsertEmail("taken"));
  }
}
