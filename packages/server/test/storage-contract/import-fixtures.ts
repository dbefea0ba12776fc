import type { ImportProgress, ImportRecord, Lease } from "../../src/domain/imports/import-state.ts";
import type { ImportWrites } from "../../src/storage/storage.ts";
import { newImportId, startedAt } from "./commands.ts";
import { storeId } from "./storage-engine.ts";

export const expiresAt = startedAt + 1_800_000;
export const now = startedAt + 1000;
export const until = now + 30_000;
export const none: ImportProgress = { offset: 0, rows: 0, errors: 0, warnings: 0 };
export const some: ImportProgress = { offset: 5_000_000_000, rows: 3, errors: 2, warnings: 1 };

export async function createImport(storage: ImportWrites, fields: Partial<ImportRecord> = {}): Promise<ImportRecord> {
  const created: ImportRecord = {
    id: newImportId(),
    filename: "people.csv",
    fileSize: 12,
    columnMappings: [
      { columnName: "Mail\0", traitGroup: "Contact", traitName: "email" },
      { columnName: "Näme", traitGroup: "Contact", traitName: "firstName" },
    ],
    status: "PENDING",
    createdAt: startedAt,
    updatedAt: startedAt,
    expiresAt,
    progress: none,
    ...fields,
  };
  await storage.createImport(storeId, created);
  return created;
}

/** Creates an import whose file was uploaded at the given time. */
export async function uploadedImport(storage: ImportWrites, at = now): Promise<ImportRecord> {
  const created = await createImport(storage);
  await storage.acceptUpload(storeId, created.id, "upload", at);
  return created;
}

/** Leases an import with its file. */
export async function leaseImport(storage: ImportWrites): Promise<Lease> {
  const { id: importId } = await uploadedImport(storage);
  await storage.claimImport(storeId, "owner", now, until);
  return { storeId, importId, owner: "owner", now, until };
}
