import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { upsert, upsertEmail } from "./commands.ts";
import { createImport, expiresAt, leaseImport, none, now, some, until } from "./import-fixtures.ts";
import { applyOne } from "./profile-reader.ts";
import { store, storeId } from "./storage-engine.ts";

const rowsOf = (commands: readonly Command[]) => ({ identifierTypes: store.rules.identifierTypes, commands });

export function describeLeases(storage: () => Storage): void {
  const fetch = (id: string) => storage().fetchImport(storeId, id);
  const claim = (owner: string, at = now, end = until) => storage().claimImport(storeId, owner, at, end);

  describe("a lease", () => {
    it("applies rows and saves the progress", async () => {
      const lease = await leaseImport(storage());
      const row = upsertEmail("row");
      expect(await storage().applyRows({ ...lease, now: now + 5 }, rowsOf([row]), some)).toBe(true);
      expect(await storage().fetchProfile(storeId, row.newId)).toMatchObject({ kind: "live" });
      expect(await fetch(lease.importId)).toMatchObject({ status: "PROCESSING", updatedAt: now + 5, progress: some });
    });

    it("is extended when rows are applied", async () => {
      const lease = await leaseImport(storage());
      await storage().applyRows({ ...lease, until: until + 10 }, rowsOf([]), some);
      expect(await claim("other", until + 9)).toBeUndefined();
      expect(await claim("other", until + 10)).toMatchObject({ record: { id: lease.importId, progress: some } });
    });

    it("applies rows and progress together or not at all", async () => {
      const lease = await leaseImport(storage());
      const taken = await applyOne(storage(), upsertEmail("taken"));
      const rows = [upsertEmail("good"), upsert({ Contact: { email: "bad" } }, taken)];
      await expect(storage().applyRows(lease, rowsOf(rows), some)).rejects.toThrow();
      expect(await fetch(lease.importId)).toMatchObject({ progress: none });
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([taken]);
    });

    it("of another owner has no effect", async () => {
      const lease = { ...(await leaseImport(storage())), owner: "other" };
      const before = await fetch(lease.importId);
      expect(await storage().applyRows(lease, rowsOf([upsertEmail("row")]), some)).toBe(false);
      expect(await storage().finishImport(lease, "COMPLETED", some)).toBe(false);
      await storage().releaseImport(lease);
      expect(await fetch(lease.importId)).toEqual(before);
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([]);
      expect(await claim("third", until - 1)).toBeUndefined();
    });

    it("that another owner took over has no effect for the previous owner", async () => {
      const lease = await leaseImport(storage());
      await claim("other", until, until + 10);
      expect(await storage().applyRows(lease, rowsOf([upsertEmail("row")]), some)).toBe(false);
      expect(await storage().finishImport(lease, "FAILED", some)).toBe(false);
    });

    it("of an import that no longer exists has no effect", async () => {
      const lease = await leaseImport(storage());
      await storage().restore([storeId], {});
      expect(await storage().applyRows(lease, rowsOf([upsertEmail("row")]), some)).toBe(false);
      expect(await storage().finishImport(lease, "COMPLETED", some)).toBe(false);
      expect(await storage().listProfiles(storeId, "ASC", 10)).toEqual([]);
    });

    it.each(["COMPLETED", "FAILED"] as const)("ends with the import, as %s", async (status) => {
      const lease = await leaseImport(storage());
      expect(await storage().finishImport({ ...lease, now: now + 7 }, status, some)).toBe(true);
      expect(await fetch(lease.importId)).toMatchObject({ status, updatedAt: now + 7, progress: some });
      expect(await claim("other", expiresAt + until)).toBeUndefined();
      expect(await storage().finishImport(lease, "FAILED", none)).toBe(false);
      expect(await storage().acceptUpload(storeId, lease.importId, "late", now)).toBe("taken");
    });

    it("that is released allows another claim at once", async () => {
      const lease = await leaseImport(storage());
      await storage().releaseImport(lease);
      expect(await claim("other")).toMatchObject({ record: { id: lease.importId } });
      expect(await storage().applyRows(lease, rowsOf([]), some)).toBe(false);
    });

    it("of an expired import is not ended by an upload that arrives too late", async () => {
      const { id: importId } = await createImport(storage());
      await claim("owner", expiresAt, expiresAt + 100);
      expect(await storage().acceptUpload(storeId, importId, "upload", expiresAt)).toBe("expired");
      const lease = { storeId, importId, owner: "owner", now: expiresAt + 2, until: expiresAt + 100 };
      expect(await storage().finishImport(lease, "FAILED", none)).toBe(true);
      expect(await storage().acceptUpload(storeId, importId, "upload", now)).toBe("expired");
    });

    it("counts as an attempt, unless it was released or made progress", async () => {
      const lease = await leaseImport(storage());
      expect(await claim("second", until, until + 10)).toMatchObject({ attempts: 2 });
      await storage().releaseImport({ ...lease, owner: "second" });
      expect(await claim("third", until, until + 10)).toMatchObject({ attempts: 2 });
      await storage().applyRows({ ...lease, owner: "third" }, rowsOf([]), some);
      expect(await claim("fourth", until, until + 10)).toMatchObject({ attempts: 1 });
    });
  });
}
