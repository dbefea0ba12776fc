import type { SQLInputValue } from "node:sqlite";
import { enums } from "@memory-api/types";
import type { ImportRecord } from "../storage.ts";
import type { Row } from "./prepared-statements.ts";

/** An import as the values of `createImport`. */
export function importValues(storeId: string, record: ImportRecord): SQLInputValue[] {
  const { id, filename, fileSize, columnMappings, status, createdAt, updatedAt, expiresAt, progress } = record;
  // As JSON: a text of a database holds no unpaired surrogate.
  const [name, mappings] = [JSON.stringify(filename), JSON.stringify(columnMappings)];
  const { offset, rows, errors, warnings } = progress;
  return [
    ...[storeId, id, name, fileSize, mappings, status, createdAt, updatedAt, expiresAt],
    ...[offset, rows, errors, warnings],
  ];
}

export function importRecord(row: Row): ImportRecord {
  return {
    id: String(row["id"]),
    filename: JSON.parse(String(row["filename"])),
    fileSize: Number(row["file_size"]),
    columnMappings: JSON.parse(String(row["column_mappings"])),
    status: statusOf(row["status"]),
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
    expiresAt: Number(row["expires_at"]),
    progress: {
      offset: Number(row["file_offset"]),
      rows: Number(row["row_count"]),
      errors: Number(row["error_count"]),
      warnings: Number(row["warning_count"]),
    },
  };
}

function statusOf(value: unknown): ImportRecord["status"] {
  const status = enums.ImportStatus.find((known) => known === value);
  if (status === undefined) throw new Error(`The import has an unknown status, ${value}.`);
  return status;
}
