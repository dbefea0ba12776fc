// Statements of an operator's commands. Except for `nextStoreId`, each of them reads one store, so that a distributed database runs it on
// one node.
import { KEYS, TABLE_NAMES, type TableName } from "../tables.ts";

/** The tables that can have rows of a store. */
export const TABLES_OF_STORES = [...TABLE_NAMES, "upload_chunks"] as const;

/** The first store after `$1`. */
export const nextStoreId = (table: (typeof TABLES_OF_STORES)[number]) =>
  `SELECT store_id FROM ${table} WHERE store_id > $1 ORDER BY store_id LIMIT 1`;

export const countRows = (table: TableName) =>
  `SELECT count(*) AS count FROM (SELECT FROM ${table} WHERE store_id = $1 LIMIT $2) AS counted`;

export const listImports = `
  SELECT * FROM imports WHERE store_id = $1 AND id < $2 AND ($3::text IS NULL OR status = $3) ORDER BY id DESC LIMIT $4`;

export const nextUpload = `
  SELECT import_id, upload_id FROM upload_chunks WHERE store_id = $1 AND (import_id, upload_id) > ($2, $3)
  ORDER BY import_id, upload_id LIMIT 1`;

/** Null if there is no such upload. */
export const selectUploadSize = `
  SELECT sum(octet_length(bytes))::bigint AS size
  FROM upload_chunks WHERE store_id = $1 AND import_id = $2 AND upload_id = $3`;

/** `$2` is the limit. The columns of the key follow it. */
export function selectPage(table: TableName): string {
  const key = KEYS[table].join(", ");
  const values = KEYS[table].map((_, at) => `$${at + 3}`).join(", ");
  return `SELECT * FROM ${table} WHERE store_id = $1 AND (${key}) > (${values}) ORDER BY ${key} LIMIT $2`;
}

/** `$2` is the list of values. `OFFSET 0` keeps the planner from reading the whole table for a long list. */
export const selectWhere = (table: TableName, column: string) => `
  SELECT found.* FROM unnest($2::text[]) AS wanted (value)
  CROSS JOIN LATERAL (SELECT * FROM ${table} WHERE store_id = $1 AND ${column} = wanted.value OFFSET 0) AS found`;
