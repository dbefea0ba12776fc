import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/storage.ts";
import { deletion, patch, upsert, upsertEmail } from "./commands.ts";
import { applyOne, traitsOf } from "./profile-reader.ts";
import { store, storeId } from "./storage-engine.ts";

export function describeMerges(storage: () => Storage): void {
  const movedTo = (id: string) => ({ kind: "moved", id });
  const view = (id: string) => storage().fetchProfile(storeId, id);

  describe("a merge", () => {
    it("keeps the profile that was created first, with the traits that were written last", async () => {
      const first = await applyOne(
        storage(),
        upsert({ Contact: { email: "1", firstName: "Ada" }, Orders: { count: 1 } }),
      );
      const second = await applyOne(storage(), upsert({ Contact: { phone: "2", firstName: "Augusta" } }));
      const both = upsert({ Contact: { email: "1", phone: "2" } });
      expect(await applyOne(storage(), both)).toBe(first);
      expect(await traitsOf(storage(), first)).toEqual({
        Contact: { email: "1", phone: "2", firstName: "Augusta" },
        Orders: { count: 1 },
      });
      expect(await view(second)).toEqual(movedTo(first));
      expect(await view(both.newId)).toBeUndefined();
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([first]);
    });

    it("moves all identifiers to the survivor", async () => {
      const first = await applyOne(storage(), upsert({ Contact: { email: "1" } }));
      await applyOne(storage(), upsert({ Contact: { email: "2", phone: "2" } }));
      await applyOne(storage(), upsert({ Contact: { email: "1", phone: "2" } }));
      expect(await applyOne(storage(), upsertEmail("2"))).toBe(first);
      expect(await applyOne(storage(), upsert({ Contact: { phone: "2" } }))).toBe(first);
    });

    it("redirects directly to the last profile of a chain of merges", async () => {
      const [first = "", second = "", third = ""] = await inTurn(["1", "2", "3"]);
      await applyOne(storage(), upsert({ Contact: { phone: "2-3", email: "2" } }));
      expect(await applyOne(storage(), upsert({ Contact: { phone: "2-3", email: "3" } }))).toBe(second);
      expect(await view(third)).toEqual(movedTo(second));
      await applyOne(storage(), upsert({ Contact: { phone: "1-2", email: "1" } }));
      expect(await applyOne(storage(), upsert({ Contact: { phone: "1-2", email: "3" } }))).toBe(first);
      expect(await view(second)).toEqual(movedTo(first));
      expect(await view(third)).toEqual(movedTo(first));
    });

    it("has the same result within a batch and between batches", async () => {
      const one = upsert({ Contact: { email: "1" } });
      const two = upsert({ Contact: { phone: "2" } });
      const both = upsert({ Contact: { email: "1", phone: "2", firstName: "Ada" } });
      expect(await storage().apply(store, [one, two, both])).toEqual([
        { kind: "applied", id: one.newId },
        { kind: "applied", id: two.newId },
        { kind: "applied", id: one.newId },
      ]);
      expect(await view(two.newId)).toEqual(movedTo(one.newId));
      expect(await traitsOf(storage(), one.newId)).toEqual({ Contact: { email: "1", phone: "2", firstName: "Ada" } });
      expect(await applyOne(storage(), upsert({ Contact: { phone: "2" } }))).toBe(one.newId);
    });

    it("results from a patch with an identifier of another profile, and may move the patched profile", async () => {
      const [first = "", second = ""] = await inTurn(["1", "2"]);
      expect(await storage().apply(store, [patch(second, { Contact: { email: "1" } })])).toEqual([
        { kind: "applied", id: first },
      ]);
      expect(await view(second)).toEqual(movedTo(first));
    });
  });

  describe("a merged profile", () => {
    it("reports the canonical profile when it is patched or deleted", async () => {
      const [first = "", second = ""] = await inTurn(["1", "2"]);
      await storage().apply(store, [patch(second, { Contact: { email: "1" } })]);
      const commands = [patch(second, { Contact: { firstName: "Ada" } }), deletion(second)];
      expect(await storage().apply(store, commands)).toEqual([movedTo(first), movedTo(first)]);
      expect(await traitsOf(storage(), first)).toEqual({ Contact: { email: "1" } });
    });

    it("is deleted with its canonical profile", async () => {
      const [first = "", second = ""] = await inTurn(["1", "2"]);
      await storage().apply(store, [patch(second, { Contact: { email: "1" } })]);
      await storage().apply(store, [deletion(first)]);
      expect(await view(first)).toBeUndefined();
      expect(await view(second)).toBeUndefined();
      const fresh = upsertEmail("2");
      expect(await applyOne(storage(), fresh)).toBe(fresh.newId);
    });
  });

  async function inTurn(emails: readonly string[]): Promise<string[]> {
    const ids = [];
    for (const email of emails) ids.push(await applyOne(storage(), upsertEmail(email)));
    return ids;
  }
}
