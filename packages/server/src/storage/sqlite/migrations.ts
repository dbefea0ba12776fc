import type { DatabaseSync } from "node:sqlite";

/**
 * What each version of the schema changed. A step never changes once it is released; new steps are appended. Tables have no row ID of their
 * own: the primary key is the order of the rows.
 */
export const MIGRATIONS: readonly string[] = [
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

  // Redirects become merge trees (docs/adr/0023-merges-as-trees.md), and the job of an import becomes part of its row.
  `ALTER TABLE profiles ADD COLUMN holders TEXT;
   UPDATE profiles SET holders = (
     SELECT json_group_array(DISTINCT identifiers.profile_id)
     FROM redirects JOIN identifiers ON identifiers.store_id = redirects.store_id AND identifiers.profile_id = redirects.lost_id
     WHERE redirects.store_id = profiles.store_id AND redirects.canonical_id = profiles.id
     HAVING count(*) > 0
   )
   WHERE EXISTS (
     SELECT 1 FROM redirects WHERE redirects.store_id = profiles.store_id AND redirects.canonical_id = profiles.id
   );
   CREATE TABLE merge_nodes (
     store_id TEXT NOT NULL, id TEXT NOT NULL, parent_id TEXT, size INTEGER, canonical_id TEXT,
     PRIMARY KEY (store_id, id)
   ) WITHOUT ROWID, STRICT;
   INSERT INTO merge_nodes (store_id, id, parent_id) SELECT store_id, lost_id, canonical_id FROM redirects;
   INSERT INTO merge_nodes (store_id, id, size, canonical_id)
     SELECT store_id, canonical_id, count(*) + 1, canonical_id FROM redirects GROUP BY store_id, canonical_id;
   DROP TABLE redirects;
   ALTER TABLE imports ADD COLUMN due_at INTEGER;
   ALTER TABLE imports ADD COLUMN owner TEXT;
   ALTER TABLE imports ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
   UPDATE imports SET (due_at, owner) = (
     SELECT due_at, owner FROM import_jobs
     WHERE import_jobs.store_id = imports.store_id AND import_jobs.import_id = imports.id
   );
   DROP TABLE import_jobs;
   CREATE INDEX imports_by_due_at ON imports (store_id, due_at, id);`,
];

/**
 * Migrates the database to the newest schema.
 *
 * @throws {Error} if a newer server wrote it
 */
export function migrateSqlite(database: DatabaseSync): void {
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version > MIGRATIONS.length) {
    throw new Error(
      `The database has schema ${version}, but this server supports schemas up to ${MIGRATIONS.length}. Run the server that wrote it, or a newer one.`,
    );
  }
  if (version === MIGRATIONS.length) return;
  const steps = MIGRATIONS.slice(version).join("\n");
  database.exec(`BEGIN IMMEDIATE; ${steps} PRAGMA user_version = ${MIGRATIONS.length}; COMMIT;`);
}
