import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { deletion, newProfileId, patch, upsert, upsertEmail } from "./commands.ts";
import { applyOne, traitsOf } from "./profile-reader.ts";
import { store, storeId } from "./storage-engine.ts";

export function describeChanges(storage: () => Storage): void {
  const apply = (...commands: readonly Command[]) => storage().apply(store, commands);
  const isFree = async (email: string) => {
    const probe = upsertEmail(email);
    return (await applyOne(storage(), probe)) === probe.newId;
  };
  const email = "ada@example.com";

  describe("a patch", () => {
    it("writes traits and adds an identifier, and keeps the old one", async () => {
      const id = await applyOne(storage(), upsertEmail(email));
      expect(await apply(patch(id, { Contact: { email: "new@example.com", firstName: "Ada" } }))).toEqual([
        { kind: "applied", id },
      ]);
      expect(await traitsOf(storage(), id)).toEqual({ Contact: { email: "new@example.com", firstName: "Ada" } });
      expect(await applyOne(storage(), upsertEmail(email))).toBe(id);
      expect(await applyOne(storage(), upsertEmail("new@example.com"))).toBe(id);
    });

    it("may contain an identifier that the profile already has", async () => {
      const id = await applyOne(storage(), upsertEmail(email));
      expect(await apply(patch(id, { Contact: { email } }))).toEqual([{ kind: "applied", id }]);
      expect(await applyOne(storage(), upsertEmail(email))).toBe(id);
    });

    it("removes a trait that is null, and the group with its last trait", async () => {
      const id = await applyOne(storage(), upsert({ Contact: { email, firstName: "Ada" }, Orders: { count: 1 } }));
      await apply(patch(id, { Contact: { firstName: null }, Orders: { count: null } }));
      expect(await traitsOf(storage(), id)).toEqual({ Contact: { email } });
    });

    it("frees the identifier of a promoted trait that it removes", async () => {
      const id = await applyOne(storage(), upsertEmail(email));
      await apply(patch(id, { Contact: { email: null } }));
      expect(await isFree(email)).toBe(true);
    });

    it("of an unknown profile is missing, and its identifiers remain free", async () => {
      expect(await apply(patch(newProfileId(), { Contact: { email } }))).toEqual([{ kind: "missing" }]);
      expect(await isFree(email)).toBe(true);
    });

    it("of an unknown profile does not block its identifiers for the rest of the batch", async () => {
      const created = upsertEmail(email);
      expect(await apply(patch(newProfileId(), { Contact: { email } }), created)).toEqual([
        { kind: "missing" },
        { kind: "applied", id: created.newId },
      ]);
      expect(await applyOne(storage(), upsertEmail(email))).toBe(created.newId);
    });
  });

  describe("a deletion", () => {
    it("removes the whole profile and frees its identifiers", async () => {
      const id = await applyOne(storage(), upsert({ Contact: { email, firstName: "Ada" } }));
      expect(await apply(deletion(id))).toEqual([{ kind: "applied", id }]);
      expect(await storage().fetchProfile(storeId, id)).toBeUndefined();
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([]);
      expect(await isFree(email)).toBe(true);
    });

    it("of an unknown profile is missing", async () => {
      const id = await applyOne(storage(), upsertEmail(email));
      expect(await apply(deletion(id), deletion(id), patch(id, { Contact: { email } }))).toEqual([
        { kind: "applied", id },
        { kind: "missing" },
        { kind: "missing" },
      ]);
    });

    it("frees the identifiers for later commands of its batch", async () => {
      const old = await applyOne(storage(), upsertEmail(email));
      const fresh = upsertEmail(email);
      expect(await apply(deletion(old), fresh)).toEqual([
        { kind: "applied", id: old },
        { kind: "applied", id: fresh.newId },
      ]);
      expect(await applyOne(storage(), upsertEmail(email))).toBe(fresh.newId);
    });

    it("removes a profile that its batch created", async () => {
      const created = upsertEmail(email);
      await apply(created, deletion(created.newId));
      expect(await storage().fetchProfile(storeId, created.newId)).toBeUndefined();
      expect(await isFree(email)).toBe(true);
    });
  });

  describe("the limit of an identifier type", () => {
    it("drops the oldest value under fifo", async () => {
      const id = await applyOne(storage(), upsertEmail("1"));
      for (const value of ["2", "3"]) await apply(patch(id, { Contact: { email: value } }));
      expect(await isFree("1")).toBe(true);
      expect(await isFree("2")).toBe(false);
      expect(await isFree("3")).toBe(false);
    });

    it("drops the newest value under lifo, but writes its trait", async () => {
      const id = await applyOne(storage(), upsert({ Contact: { phone: "1" } }));
      for (const phone of ["2", "3"]) await apply(patch(id, { Contact: { phone } }));
      expect(await traitsOf(storage(), id)).toEqual({ Contact: { phone: "3" } });
      const third = upsert({ Contact: { phone: "3" } });
      expect(await applyOne(storage(), third)).toBe(third.newId);
      expect(await applyOne(storage(), upsert({ Contact: { phone: "2" } }))).toBe(id);
    });
  });
}
