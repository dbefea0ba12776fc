import { describe, expect, it } from "vitest";
import type { Storage } from "../../src/storage/storage.ts";
import { newImportId } from "./commands.ts";
import { createImport, expiresAt, now, until, uploadedImport } from "./import-fixtures.ts";
import { otherStoreId, storeId } from "./storage-engine.ts";

export function describeImports(storage: () => Storage): void {
  const fetch = (id: string) => storage().fetchImport(storeId, id);
  const claim = (owner: string, at = now, end = until) => storage().claimImport(storeId, owner, at, end);

  describe("an import", () => {
    it("is returned as it was created", async () => {
      const created = await createImport(storage(), { filename: 'Ñandú "\0\ud800".csv', fileSize: 104_857_600 });
      expect(await fetch(created.id)).toEqual(created);
      expect(await storage().fetchImport(otherStoreId, created.id)).toBeUndefined();
    });

    it("is listed, newest first", async () => {
      const ids = [];
      for (let count = 0; count < 3; count++) ids.push((await createImport(storage())).id);
      expect(await storage().listImports(storeId, 2)).toEqual(ids.reverse().slice(0, 2));
      expect(await storage().listImports(otherStoreId, 2)).toEqual([]);
    });

    it("accepts one upload, and is then PROCESSING", async () => {
      const created = await createImport(storage());
      expect(await storage().acceptUpload(storeId, created.id, "first", now)).toBe("accepted");
      expect(await storage().acceptUpload(storeId, created.id, "second", now + 1)).toBe("taken");
      expect(await fetch(created.id)).toEqual({ ...created, status: "PROCESSING", uploadId: "first", updatedAt: now });
      expect(await claim("owner")).toMatchObject({ record: { uploadId: "first" } });
    });

    it("accepts one of several concurrent uploads", async () => {
      const { id } = await createImport(storage());
      const uploads = Array.from({ length: 8 }, (_, at) => storage().acceptUpload(storeId, id, `${at}`, now));
      expect((await Promise.all(uploads)).filter((outcome) => outcome === "accepted")).toHaveLength(1);
    });

    it("waits from the time when it is due until a process leases it, and after the lease", async () => {
      const oldest = (at: number, store = storeId) => storage().oldestDueImport(store, at);
      const first = await uploadedImport(storage(), now);
      const second = await uploadedImport(storage(), now + 10);
      expect(await oldest(now - 1)).toBeUndefined();
      expect(await oldest(now + 20)).toBe(now);
      expect(await oldest(now + 20, otherStoreId)).toBeUndefined();
      expect(await claim("owner", now + 20)).toMatchObject({ record: { id: first.id } });
      expect(await oldest(now + 20)).toBe(now + 10);
      expect(await claim("owner", now + 20)).toMatchObject({ record: { id: second.id } });
      expect(await oldest(until - 1)).toBeUndefined();
      expect(await oldest(until)).toBe(until);
    });

    it("that is unknown accepts no upload", async () => {
      expect(await storage().acceptUpload(storeId, newImportId(), "upload", now)).toBe("expired");
    });
  });

  describe("a claim", () => {
    it("finds nothing before an upload or the expiry", async () => {
      await createImport(storage());
      expect(await claim("owner", expiresAt - 1)).toBeUndefined();
    });

    it("leases an uploaded import until the lease expires", async () => {
      const { id } = await uploadedImport(storage());
      expect(await claim("one")).toEqual({ record: await fetch(id), attempts: 1 });
      expect(await claim("two", until - 1)).toBeUndefined();
      expect(await claim("two", until, until + 1)).toMatchObject({ record: { id } });
    });

    it("leases an import that expired, without a file", async () => {
      const created = await createImport(storage());
      expect(await claim("owner", expiresAt, expiresAt + 1)).toEqual({ record: created, attempts: 1 });
    });

    it("leases the import of its store that has been due for the longest time", async () => {
      const later = await uploadedImport(storage(), now);
      const sooner = await uploadedImport(storage(), now - 1);
      expect(await storage().claimImport(otherStoreId, "owner", now, until)).toBeUndefined();
      expect(await claim("one")).toMatchObject({ record: { id: sooner.id } });
      expect(await claim("two")).toMatchObject({ record: { id: later.id } });
    });

    it("leases each import to one of many concurrent owners", async () => {
      const created = [
        await uploadedImport(storage()),
        await uploadedImport(storage()),
        await uploadedImport(storage()),
      ];
      const claims = await Promise.all(["1", "2", "3", "4", "5", "6", "7", "8"].map((owner) => claim(owner)));
      const claimed = claims.flatMap((found) => (found ? [found.record.id] : []));
      expect(claimed.sort()).toEqual(created.map(({ id }) => id));
    });
  });
}
