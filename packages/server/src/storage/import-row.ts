import { enums } from "@memory-api/types";
import type { ImportJob, ImportRecord, ImportState } from "../domain/imports/import-state.ts";

type Value = string | number | null;

/**
 * The columns of the table `imports` after `store_id`, in their order. Names from the client are stored as JSON, which escapes the
 * characters that a database cannot store.
 */
export function importValues({ record, job }: ImportState): Value[] {
  const { id, filename, fileSize, columnMappings, status, createdAt, updatedAt, expiresAt, uploadId, progress } =
    record;
  const { offset, rows, errors, warnings } = progress;
  return [
    id,
    JSON.stringify(filename),
    fileSize,
    JSON.stringify(columnMappings),
    status,
    createdAt,
    updatedAt,
    expiresAt,
    uploadId ?? null,
    ...[offset, rows, errors, warnings],
    job?.dueAt ?? null,
    job?.owner ?? null,
    job?.attempts ?? 0,
  ];
}

/** @param row by column name */
export function importState(row: Readonly<Record<string, unknown>>): ImportState {
  const record: ImportRecord = {
    id: String(row["id"]),
    filename: JSON.parse(String(row["filename"])),
    fileSize: Number(row["file_size"]),
    columnMappings: JSON.parse(String(row["column_mappings"])),
    status: statusOf(row["status"]),
    createdAt: Number(row["created_at"]),
    updatedAt: Number(row["updated_at"]),
    expiresAt: Number(row["expires_at"]),
    ...(typeof row["upload_id"] === "string" && { uploadId: row["upload_id"] }),
    progress: {
      offset: Number(row["file_offset"]),
      rows: Number(row["row_count"]),
      errors: Number(row["error_count"]),
      warnings: Number(row["warning_count"]),
    },
  };
  const dueAt = row["due_at"];
  if (dueAt === null) return { record };
  const owner = row["owner"];
  const job: ImportJob = {
    dueAt: Number(dueAt),
    attempts: Number(row["attempts"]),
    ...(typeof owner === "string" && { owner }),
  };
  return { record, job };
}

function statusOf(value: unknown): ImportRecord["status"] {
  const status = enums.ImportStatus.find((known) => known === value);
  if (status === undefined) throw new Error(`The import has an unknown status, ${value}.`);
  return status;
}
