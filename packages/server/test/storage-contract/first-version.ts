import { expect } from "vitest";
import type { Storage } from "../../src/storage/storage.ts";
import { deletion, upsert, upsertEmail } from "./commands.ts";
import { applyOne, traitsOf } from "./profile-reader.ts";
import { store, storeId } from "./storage-engine.ts";

const ids = ["1", "2", "3", "4"].map((digit) => `mem_profile_0000000000000000000000000${digit}`);
const [first = "", second = "", third = "", other = ""] = ids;
const importId = "mem_import_00000000000000000000000001";

/** Statements that fill the tables of the first version: two profiles were merged into a third one, and an import is leased. */
export function firstVersionRows(id: string): string[] {
  const traits = JSON.stringify([["email", "1", 1]]);
  const times = "1800000000000, 1800000000000, 1800001800000";
  return [
    `INSERT INTO profiles VALUES ('${id}', '${first}', 1), ('${id}', '${other}', 2)`,
    `INSERT INTO redirects VALUES ('${id}', '${second}', '${first}'), ('${id}', '${third}', '${first}')`,
    `INSERT INTO identifiers VALUES ('${id}', 'email', '1', '${first}', 1), ('${id}', 'phone', '2', '${second}', 2)`,
    `INSERT INTO identifiers VALUES ('${id}', 'email', 'other', '${other}', 3)`,
    `INSERT INTO trait_groups VALUES ('${id}', '${first}', 'Contact', '${traits}')`,
    `INSERT INTO imports VALUES
      ('${id}', '${importId}', '"people.csv"', 12, '[]', 'PROCESSING', ${times}, 'upload', 5, 1, 0, 0)`,
    `INSERT INTO import_jobs VALUES ('${id}', '${importId}', 1800000030000, 'owner')`,
  ];
}

/** Checks that a storage contains these rows, and that they still have their meaning. */
export async function expectMigrated(storage: Storage): Promise<void> {
  expect(await storage.listProfiles(storeId, "ASC", 10)).toEqual([first, other]);
  expect(await traitsOf(storage, first)).toEqual({ Contact: { email: "1" } });
  for (const id of [second, third]) {
    expect(await storage.fetchProfile(storeId, id)).toEqual({ kind: "moved", id: first });
  }
  expect(await applyOne(storage, upsert({ Contact: { phone: "2" } }))).toBe(first);
  expect(await applyOne(storage, upsert({ Contact: { phone: "2", email: "other" } }))).toBe(first);
  expect(await storage.fetchProfile(storeId, other)).toEqual({ kind: "moved", id: first });
  expect(await storage.fetchImport(storeId, importId)).toMatchObject({ status: "PROCESSING", uploadId: "upload" });
  expect(await storage.claimImport(storeId, "next", 1_800_000_030_000, 1_800_000_060_000)).toMatchObject({
    record: { id: importId, progress: { offset: 5, rows: 1 } },
  });
  await storage.apply(store, [deletion(first)]);
  for (const id of ids) expect(await storage.fetchProfile(storeId, id)).toBeUndefined();
  const free = upsertEmail("other");
  expect(await applyOne(storage, free)).toBe(free.newId);
}
