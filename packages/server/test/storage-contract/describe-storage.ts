import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { describeBatches } from "./batches.ts";
import { describeChanges } from "./changes.ts";
import { upsertEmail } from "./commands.ts";
import { describeConcurrency } from "./concurrency.ts";
import { describeImports } from "./imports.ts";
import { describeLeases } from "./leases.ts";
import { describeMerges } from "./merges.ts";
import { describeProfiles } from "./profiles.ts";
import { describeSnapshots } from "./snapshots.ts";
import { type OpenedStorage, type StorageEngine, store, storeId } from "./storage-engine.ts";
import { describeUploads } from "./uploads.ts";

/** Defines the tests that every engine must pass, for one engine. Each test begins with an empty storage. */
export function describeStorage(engine: StorageEngine): void {
  describe(engine.name, () => {
    let opened: OpenedStorage;
    beforeEach(async () => {
      opened = await engine.open();
    });
    afterEach(() => opened?.close());
    const storage = () => opened.storage;

    describeProfiles(storage);
    describeMerges(storage);
    describeChanges(storage);
    describeBatches(storage);
    describeConcurrency(storage);
    describeImports(storage);
    describeLeases(storage);
    describeUploads(() => opened.uploads, storage);
    describeSnapshots(storage);

    describe("a storage", () => {
      it("passes its probe if it can be written", async () => {
        await expect(storage().probe()).resolves.toEqual([]);
        await expect(storage().probe()).resolves.toEqual([]);
      });

      it("is unavailable after it is closed", async () => {
        const closed = await engine.open();
        await closed.close();
        await expect(closed.storage.probe()).rejects.toThrow(StorageUnavailableError);
        await expect(closed.storage.apply(store, [upsertEmail("1")])).rejects.toThrow(StorageUnavailableError);
        await expect(closed.storage.listProfiles(storeId, "ASC", 1)).rejects.toThrow(StorageUnavailableError);
      });
    });
  });
}
