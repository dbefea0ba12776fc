import { describe, expect, it } from "vitest";
import { InvalidSnapshotError, type Storage } from "../../src/storage/storage.ts";
import { deletion, startedAt, upsert, upsertEmail } from "./commands.ts";
import { createImport } from "./import-fixtures.ts";
import { applyOne, traitsOf } from "./profile-reader.ts";
import { otherStore, otherStoreId, store, storeId, storeIds } from "./storage-engine.ts";

export function describeSnapshots(storage: () => Storage): void {
  describe("a snapshot", () => {
    it("restores everything, regardless of later changes", async () => {
      const kept = await applyOne(storage(), upsert({ Contact: { email: "1", firstName: '\0"\\,{}' } }));
      const lost = await applyOne(storage(), upsert({ Contact: { phone: "2" } }));
      await applyOne(storage(), upsert({ Contact: { email: "1", phone: "2" } }));
      const { id: importId } = await createImport(storage());
      const snapshot = await storage().snapshot(storeIds);

      await storage().apply(store, [deletion(kept), upsertEmail("3")]);
      await storage().acceptUpload(storeId, importId, "upload", startedAt);
      await storage().restore(storeIds, snapshot);

      expect(await storage().snapshot(storeIds)).toEqual(snapshot);
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([kept]);
      expect(await traitsOf(storage(), kept)).toEqual({ Contact: { email: "1", phone: "2", firstName: '\0"\\,{}' } });
      expect(await storage().fetchProfile(storeId, lost)).toEqual({ kind: "moved", id: kept });
      expect(await applyOne(storage(), upsert({ Contact: { phone: "2" } }))).toBe(kept);
      expect(await storage().acceptUpload(storeId, importId, "upload", startedAt)).toBe("accepted");
    });

    it("is plain data", async () => {
      await applyOne(storage(), upsertEmail("1"));
      await createImport(storage());
      const snapshot = await storage().snapshot(storeIds);
      expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
    });

    it("of an empty storage empties the storage when restored", async () => {
      const snapshot = await storage().snapshot(storeIds);
      await applyOne(storage(), upsertEmail("1"));
      await storage().restore(storeIds, snapshot);
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([]);
      const free = upsertEmail("1");
      expect(await applyOne(storage(), free)).toBe(free.newId);
    });

    it("without a table empties it", async () => {
      await applyOne(storage(), upsertEmail("1"));
      const { id: importId } = await createImport(storage());
      const { imports = [] } = await storage().snapshot(storeIds);
      await storage().restore(storeIds, { imports });
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([]);
      expect(await storage().fetchImport(storeId, importId)).toBeDefined();
    });

    it("that is not valid is rejected, and changes nothing", async () => {
      const kept = await applyOne(storage(), upsertEmail("1"));
      const snapshot = await storage().snapshot(storeIds);
      const profiles = [["mem_store_00000000000000000000000009", "profile", 1, null]];
      const restored = storage().restore(storeIds, { ...snapshot, profiles });
      await expect(restored).rejects.toThrow(InvalidSnapshotError);
      await expect(restored).rejects.toThrow("profiles/0: belongs to an unknown store");
      expect(await storage().snapshot(storeIds)).toEqual(snapshot);
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([kept]);
    });

    it("contains and replaces only its stores", async () => {
      const here = await applyOne(storage(), upsertEmail("1"));
      const there = await applyOne(storage(), upsertEmail("1"), otherStore);
      const snapshot = await storage().snapshot([storeId]);
      expect(snapshot["profiles"]).toEqual([[storeId, here, expect.any(Number), null]]);
      await storage().apply(store, [deletion(here)]);
      const later = await applyOne(storage(), upsertEmail("2"), otherStore);
      await storage().restore([storeId], snapshot);
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([here]);
      expect(await storage().listProfiles(otherStoreId, "ASC", 10)).toEqual([there, later]);
    });
  });
}
