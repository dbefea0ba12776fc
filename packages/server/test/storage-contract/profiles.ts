import type { TraitValue } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/storage.ts";
import { deletion, newProfileId, patch, upsert, upsertEmail } from "./commands.ts";
import { applyOne, traitsOf } from "./profile-reader.ts";
import { otherStore, otherStoreId, store, storeId } from "./storage-engine.ts";

export function describeProfiles(storage: () => Storage): void {
  const applied = (id: string) => ({ kind: "applied", id });
  const email = "ada@example.com";

  describe("an upsert", () => {
    it("creates a profile if no profile has its identifiers", async () => {
      const command = upsert({ Contact: { email, firstName: "Ada" }, Orders: { count: 3 } });
      expect(await storage().apply(store, [command])).toEqual([applied(command.newId)]);
      expect(await storage().fetchProfile(storeId, command.newId)).toEqual({
        kind: "live",
        createdAt: Math.floor(command.acceptedAt / 1000),
        traits: { Contact: { email, firstName: "Ada" }, Orders: { count: 3 } },
      });
    });

    it("finds a profile by one of its identifiers, and adds or overwrites traits", async () => {
      const id = await applyOne(storage(), upsert({ Contact: { email, firstName: "Ada" } }));
      const again = upsert({ Contact: { email, firstName: "Augusta" }, Orders: { count: 1 } });
      expect(await storage().apply(store, [again])).toEqual([applied(id)]);
      expect(await traitsOf(storage(), id)).toEqual({ Contact: { email, firstName: "Augusta" }, Orders: { count: 1 } });
      expect(await storage().fetchProfile(storeId, again.newId)).toBeUndefined();
    });

    it("ignores the identifiers of another store", async () => {
      const here = upsertEmail(email);
      const there = upsertEmail(email);
      expect(await applyOne(storage(), here)).toBe(here.newId);
      expect(await applyOne(storage(), there, otherStore)).toBe(there.newId);
      expect(await storage().fetchProfile(storeId, there.newId)).toBeUndefined();
      expect(await storage().listProfiles(otherStoreId, "ASC", 10)).toEqual([there.newId]);
    });

    it("distinguishes values that a collation could treat as equal", async () => {
      const commands = ["a", "A", "á", "ａ", "a "].map((phone) => upsert({ Contact: { phone } }));
      expect(await storage().apply(store, commands)).toEqual(commands.map(({ newId }) => applied(newId)));
      for (const { changes, newId } of commands) {
        expect(await applyOne(storage(), upsert({ Contact: { phone: changes[0]?.value ?? null } }))).toBe(newId);
      }
    });

    it.each<[TraitValue]>([
      [""],
      ["Ñandú 👩‍🚀"],
      ["\0"],
      ["\ud800"],
      ['"\\\n'],
      [0],
      [-1.5e300],
      [true],
      [false],
      [[]],
      [["a", 1, false]],
    ])("stores %j unchanged", async (value) => {
      const id = await applyOne(storage(), upsert({ Contact: { email }, Orders: { value } }));
      expect(await traitsOf(storage(), id)).toEqual({ Contact: { email }, Orders: { value } });
    });

    it("accepts names of built-in object properties as names", async () => {
      const traits = JSON.parse(
        '{ "__proto__": { "__proto__": 1, "constructor": 2 }, "Contact": { "email": "p@example.com" } }',
      );
      const id = await applyOne(storage(), upsert(traits));
      const view = await storage().fetchProfile(storeId, id);
      const groups = new Map(Object.entries(view?.kind === "live" ? view.traits : {}));
      expect(Object.entries(groups.get("__proto__") ?? {})).toEqual([
        ["__proto__", 1],
        ["constructor", 2],
      ]);
    });
  });

  describe("a profile", () => {
    it("is absent if it never existed", async () => {
      expect(await storage().fetchProfile(storeId, newProfileId())).toBeUndefined();
    });

    it("is returned with the requested groups, even if their names are unusual", async () => {
      const id = await applyOne(storage(), upsert({ Contact: { email }, Orders: { count: 1 } }));
      expect(await traitsOf(storage(), id, ["Orders"])).toEqual({ Orders: { count: 1 } });
      expect(await traitsOf(storage(), id, ["Nobody", "\0", "\ud800", "{}", "Orders"])).toEqual({
        Orders: { count: 1 },
      });
      expect(await traitsOf(storage(), id, [])).toEqual({});
    });

    it("is live without any trait", async () => {
      const id = await applyOne(storage(), upsertEmail(email));
      await storage().apply(store, [patch(id, { Contact: { email: null } })]);
      expect(await storage().fetchProfile(storeId, id)).toMatchObject({ kind: "live", traits: {} });
    });
  });

  describe("a list", () => {
    it("is empty at first", async () => {
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([]);
      expect(await storage().listProfiles(storeId, "DESC", 10)).toEqual([]);
    });

    it("contains live profiles in the requested order, page by page", async () => {
      const commands = ["1", "2", "3", "4", "5"].map(upsertEmail);
      await storage().apply(store, commands);
      const [first = "", second = "", third = "", fourth = "", fifth = ""] = commands.map(({ newId }) => newId);
      await storage().apply(store, [deletion(second)]);
      expect(await storage().listProfiles(storeId, "ASC", 2)).toEqual([first, third]);
      expect(await storage().listProfiles(storeId, "ASC", 9, third)).toEqual([fourth, fifth]);
      expect(await storage().listProfiles(storeId, "DESC", 2)).toEqual([fifth, fourth]);
      expect(await storage().listProfiles(storeId, "DESC", 9, fourth)).toEqual([third, first]);
      expect(await storage().listProfiles(storeId, "DESC", 9, first)).toEqual([]);
    });

    it("continues after a deleted profile", async () => {
      const commands = ["1", "2", "3"].map(upsertEmail);
      await storage().apply(store, commands);
      const [first = "", second = "", third = ""] = commands.map(({ newId }) => newId);
      await storage().apply(store, [deletion(second)]);
      expect(await storage().listProfiles(storeId, "ASC", 9, second)).toEqual([third]);
      expect(await storage().listProfiles(storeId, "DESC", 9, second)).toEqual([first]);
    });
  });
}
