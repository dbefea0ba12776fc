import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import type { StoreRules } from "../../src/domain/stores/store-rules.ts";
import { openInspection } from "../../src/process/open-administration.ts";
import { openStorage } from "../../src/process/open-storage.ts";
import { type CheckedCounts, verify } from "../../src/verification/verify.ts";
import type { Violation } from "../../src/verification/violation.ts";
import { administer } from "../postgres/postgres-for-tests.ts";
import { deletion, newImportId, upsert } from "../storage-contract/commands.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import type { Place } from "../support/place.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";

/** IDs of what is stored. */
export interface StoredData {
  /** A profile that never merged, with an email address and a phone number. */
  readonly single: string;
  /** A profile that two others have merged into: one of them is the root of the merge. */
  readonly canonical: string;
  readonly root: string;
  readonly merged: string;
  /** IDs of a merge whose profile was deleted. */
  readonly deleted: readonly string[];
  readonly pending: string;
  readonly processing: string;
  readonly ended: string;
}

/** Fills a place with profiles, merges and imports in every state. */
export async function storeData(place: Place): Promise<StoredData> {
  const { storage, uploads } = await openStorage({ ...settingsForTests, ...place });
  const store = { id: storeId, accountSid: "AC1", rules: DEFAULT_STORE_RULES };
  const apply = (contact: Record<string, string>) => applyOne(storage, upsert({ Contact: contact }), store);
  const single = await apply({ email: "ada@example.com", phone: "+14155550100" });
  const canonical = await apply({ email: "b1@example.com" });
  const merged = await apply({ email: "b2@example.com", phone: "+14155550102" });
  const third = await apply({ email: "b3@example.com", phone: "+14155550103" });
  // The two younger ones merge first, so the oldest is canonical without being the root.
  await apply({ email: "b2@example.com", phone: "+14155550103" });
  await apply({ email: "b1@example.com", phone: "+14155550102" });
  const gone = await apply({ email: "c1@example.com" });
  const goneToo = await apply({ phone: "+14155550104" });
  await apply({ email: "c1@example.com", phone: "+14155550104" });
  await applyOne(storage, deletion(gone), store);

  const createImport = async (isUploaded: boolean) => {
    const id = newImportId();
    const times = { createdAt: 1, updatedAt: 1, expiresAt: 9_000_000_000_000 };
    const progress = { offset: 0, rows: 0, errors: 0, warnings: 0 };
    const record = { id, filename: "people.csv", fileSize: 5, columnMappings: [], ...times, progress };
    await storage.createImport(storeId, { ...record, status: "PENDING" });
    if (!isUploaded) return id;
    const uploadId = await uploads.save(storeId, id, bytes());
    await storage.acceptUpload(storeId, id, uploadId, 2);
    return id;
  };
  const pending = await createImport(false);
  const ended = await createImport(true);
  await storage.claimImport(storeId, "owner", 3, 4);
  const lease = { storeId, importId: ended, owner: "owner", now: 3, until: 4 };
  await storage.finishImport(lease, "COMPLETED", { offset: 5, rows: 1, errors: 0, warnings: 0 });
  await uploads.remove(storeId, ended);
  const processing = await createImport(true);
  await storage.close();
  return { single, canonical, root: merged, merged: third, deleted: [gone, goneToo], pending, processing, ended };
}

/** Changes the tables directly, while no server uses them. */
export async function damage(place: Place, ...statements: readonly string[]): Promise<void> {
  if (place.databaseUrl !== undefined) {
    await administer(place.databaseUrl, ...statements);
    return;
  }
  const database = new DatabaseSync(join(place.dataFolder, "memory.db"));
  for (const statement of statements) database.exec(statement);
  database.close();
}

/** Verifies a place whose default store has these rules. */
export async function verified(place: Place, rules: StoreRules = DEFAULT_STORE_RULES) {
  const inspection = await openInspection({ ...settingsForTests, ...place });
  try {
    return await collected(verify(inspection, new Map([[storeId, rules]])));
  } finally {
    await inspection.close();
  }
}

async function collected(found: AsyncGenerator<Violation, CheckedCounts>) {
  const violations: Violation[] = [];
  for (;;) {
    const next = await found.next();
    if (next.done) return { violations, counts: next.value };
    violations.push(next.value);
  }
}

async function* bytes() {
  yield Buffer.from("bytes");
}
