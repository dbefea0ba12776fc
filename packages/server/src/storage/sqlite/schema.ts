import type { DatabaseSync } from "node:sqlite";

/**
 * What each version of the schema added. Only ever appended to. Tables have no row ID of their own: the primary key is the
 * order of the rows.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE profiles (
     store_id TEXT NOT NULL, id TEXT NOT NULL, created_at INTEGER NOT NULL,
     PRIMARY KEY (store_id, id)
   ) WITHOUT ROWID, STRICT;
   CREATE TABLE redirects (
     store_id TEXT NOT NULL, lost_id TEXT NOT NULL, canonical_id TEXT NOT NULL,
     PRIMARY KEY (store_id, lost_id)
   ) WITHOUT ROWID, STRICT;
   CREATE INDEX redirects_by_canonical ON redirects (store_id, canonical_id);
   CREATE TABLE identifiers (
     store_id TEXT NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, profile_id TEXT NOT NULL, added_at INTEGER NOT NULL,
     PRIMARY KEY (store_id, type, value)
   ) WITHOUT ROWID, STRICT;
   CREATE INDEX identifiers_by_profile ON identifiers (store_id, profile_id, added_at);
   CREATE TABLE trait_groups (
     store_id TEXT NOT NULL, profile_id TEXT NOT NULL, name TEXT NOT NULL, traits TEXT NOT NULL,
     PRIMARY KEY (store_id, profile_id, name)
   ) WITHOUT ROWID, STRICT;
   CREATE TABLE imports (
     store_id TEXT NOT NULL, id TEXT NOT NULL, filename TEXT NOT NULL, file_size INTEGER NOT NULL,
     column_mappings TEXT NOT NULL, status TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL, upload_id TEXT, file_offset INTEGER NOT NULL, row_count INTEGER NOT NULL,
     error_count INTEGER NOT NULL, warning_count INTEGER NOT NULL,
     PRIMARY KEY (store_id, id)
   ) WITHOUT ROWID, STRICT;
   CREATE TABLE import_jobs (
     store_id TEXT NOT NULL, import_id TEXT NOT NULL, due_at INTEGER NOT NULL, owner TEXT,
     PRIMARY KEY (store_id, import_id)
   ) WITHOUT ROWID, STRICT;
   CREATE INDEX import_jobs_by_time ON import_jobs (store_id, due_at);`,
];

/** Every table, for a snapshot. */
export const TABLES = ["profiles", "redirects", "identifiers", "trait_groups", "imports", "import_jobs"] as const;

/**
 * Brings the database to the newest schema.
 *
 * @throws {Error} if it was written by a newer server
 */
export function migrateSqlite(database: DatabaseSync): void {
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version > MIGRATIONS.length) {
    throw new Error(
      `The database has schema ${version}, this server knows ${MIGRATIONS.length}. Run the server that wrote it, or a newer one.`,
    );
  }
  for (const [at, migration] of MIGRATIONS.entries()) {
    if (at < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${migration} PRAGMA user_version = ${at + 1}; COMMIT;`);
  }
}
