import type { ColumnMappings } from "@memory-api/types";
import type pg from "pg";
import { applyCommands } from "../../domain/apply-commands.ts";
import type { StoreRules } from "../../domain/store-rules.ts";
import type { ImportProgress, ImportRecord, ImportStorage, Lease } from "../storage.ts";
import * as sql from "./import-statements.ts";
import { inTransaction, type Query, runStatement } from "./in-transaction.ts";
import { ProfileRows } from "./profile-rows.ts";

/**
 * Imports and their jobs. A job is there until its import ends. The time when it is due is its lease as well: whoever claims it
 * moves that on.
 */
export function importStorage(pool: pg.Pool, rulesOf: (storeId: string) => StoreRules): ImportStorage {
  return {
    async createImport(storeId, created) {
      await inTransaction(pool, async (query) => {
        await query(sql.insertImport, [storeId, ...valuesOf(created)]);
        await query(sql.insertJob, [storeId, created.id, created.expiresAt]);
      });
    },

    async fetchImport(storeId, importId) {
      const { rows } = await runStatement<ImportRow>(pool, sql.selectImport, [storeId, importId]);
      return rows[0] && recordOf(rows[0]);
    },

    async listImports(storeId, limit) {
      const { rows } = await runStatement<{ id: string }>(pool, sql.listImports, [storeId, limit]);
      return rows.map(({ id }) => id);
    },

    acceptUpload(storeId, importId, uploadId, now) {
      return inTransaction(pool, async (query) => {
        const { rowCount } = await query(sql.acceptUpload, [storeId, importId, uploadId, now]);
        if (rowCount === 0) return false;
        await query(sql.freeJob, [storeId, importId, now]);
        return true;
      });
    },

    claimImport(storeId, owner, now, until) {
      return inTransaction(pool, async (query) => {
        const importId = await claimDueJob(query, storeId, owner, now, until);
        if (importId === undefined) return undefined;
        const { rows } = await query<ImportRow>(sql.selectImport, [storeId, importId]);
        const [row] = rows;
        if (row === undefined) throw new Error(`The job of import ${importId} has no import.`);
        return { record: recordOf(row), ...(row.upload_id === null ? {} : { uploadId: row.upload_id }) };
      });
    },

    applyRows(lease, commands, progress) {
      const { storeId, importId, owner, until } = lease;
      return inTransaction(pool, async (query) => {
        const { rowCount } = await query(sql.renewLease, [storeId, importId, owner, until]);
        if (rowCount === 0) return false;
        await applyCommands(new ProfileRows(query, storeId), rulesOf(storeId), commands);
        await updateImport(query, lease, "PROCESSING", progress);
        return true;
      });
    },

    finishImport(lease, status, progress) {
      const { storeId, importId, owner } = lease;
      return inTransaction(pool, async (query) => {
        const { rowCount } = await query(sql.deleteJob, [storeId, importId, owner]);
        if (rowCount === 0) return false;
        // With it, since the process may die before it can remove them by themselves.
        await query(sql.deleteUploads, [storeId, importId]);
        await updateImport(query, lease, status, progress);
        return true;
      });
    },

    async releaseImport({ storeId, importId, owner, now }) {
      await runStatement(pool, sql.releaseJob, [storeId, importId, owner, now]);
    },
  };
}

/** Somebody else may lease a job between the look at it and the claim; then the next one is tried. */
async function claimDueJob(query: Query, storeId: string, owner: string, now: number, until: number) {
  for (;;) {
    const due = await query<{ import_id: string }>(sql.selectDueJob, [storeId, now]);
    const importId = due.rows[0]?.import_id;
    if (importId === undefined) return undefined;
    const { rowCount } = await query(sql.claimJob, [storeId, importId, owner, now, until]);
    if (rowCount === 1) return importId;
  }
}

async function updateImport(query: Query, lease: Lease, status: string, progress: ImportProgress): Promise<void> {
  const { offset, rows, errors, warnings } = progress;
  await query(sql.updateImport, [lease.storeId, lease.importId, status, lease.now, offset, rows, errors, warnings]);
}

interface ImportRow {
  readonly id: string;
  readonly filename: string;
  readonly file_size: number;
  readonly column_mappings: string;
  readonly status: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly expires_at: number;
  readonly upload_id: string | null;
  readonly file_offset: number;
  readonly row_count: number;
  readonly error_count: number;
  readonly warning_count: number;
}

/** What a client named is kept as JSON, which escapes the characters that PostgreSQL refuses in a text. */
function valuesOf({ id, filename, fileSize, columnMappings, status, progress, ...times }: ImportRecord): unknown[] {
  return [
    id,
    JSON.stringify(filename),
    fileSize,
    JSON.stringify(columnMappings),
    status,
    times.createdAt,
    times.updatedAt,
    times.expiresAt,
    progress.offset,
    progress.rows,
    progress.errors,
    progress.warnings,
  ];
}

function recordOf(row: ImportRow): ImportRecord {
  const filename: string = JSON.parse(row.filename);
  const columnMappings: ColumnMappings = JSON.parse(row.column_mappings);
  return {
    id: row.id,
    filename,
    fileSize: row.file_size,
    columnMappings,
    status: row.status,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    expiresAt: row.expires_at,
    progress: {
      offset: row.file_offset,
      rows: row.row_count,
      errors: row.error_count,
      warnings: row.warning_count,
    },
  };
}
