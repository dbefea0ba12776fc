import { TABLES } from "../tables.ts";

/**
 * What each version of the schema changed. A step never changes once it is released; new steps are appended. Every key begins with the store,
 * and text sorts by its bytes, so that every server sorts alike.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE profiles (
      store_id text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      created_at bigint NOT NULL,
      PRIMARY KEY (store_id, id)
    )`,
    `CREATE TABLE redirects (
      store_id text COLLATE "C" NOT NULL,
      lost_id text COLLATE "C" NOT NULL,
      canonical_id text COLLATE "C" NOT NULL,
      PRIMARY KEY (store_id, lost_id)
    )`,
    "CREATE INDEX redirects_by_canonical_id ON redirects (store_id, canonical_id)",
    `CREATE TABLE identifiers (
      store_id text COLLATE "C" NOT NULL,
      type text COLLATE "C" NOT NULL,
      value text COLLATE "C" NOT NULL,
      profile_id text COLLATE "C" NOT NULL,
      added_at bigint NOT NULL,
      PRIMARY KEY (store_id, type, value)
    )`,
    "CREATE INDEX identifiers_by_profile_id ON identifiers (store_id, profile_id)",
    `CREATE TABLE trait_groups (
      store_id text COLLATE "C" NOT NULL,
      profile_id text COLLATE "C" NOT NULL,
      name text COLLATE "C" NOT NULL,
      traits text NOT NULL,
      PRIMARY KEY (store_id, profile_id, name)
    )`,
    `CREATE TABLE imports (
      store_id text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      filename text NOT NULL,
      file_size bigint NOT NULL,
      column_mappings text NOT NULL,
      status text NOT NULL,
      created_at bigint NOT NULL,
      updated_at bigint NOT NULL,
      expires_at bigint NOT NULL,
      upload_id text,
      file_offset bigint NOT NULL,
      row_count bigint NOT NULL,
      error_count bigint NOT NULL,
      warning_count bigint NOT NULL,
      PRIMARY KEY (store_id, id)
    )`,
    `CREATE TABLE import_jobs (
      store_id text COLLATE "C" NOT NULL,
      import_id text COLLATE "C" NOT NULL,
      due_at bigint NOT NULL,
      owner text,
      PRIMARY KEY (store_id, import_id)
    )`,
    "CREATE INDEX import_jobs_by_due_at ON import_jobs (store_id, due_at, import_id)",
    `CREATE TABLE upload_chunks (
      store_id text COLLATE "C" NOT NULL,
      import_id text COLLATE "C" NOT NULL,
      upload_id text COLLATE "C" NOT NULL,
      position bigint NOT NULL,
      bytes bytea NOT NULL,
      PRIMARY KEY (store_id, import_id, upload_id, position)
    )`,
    `CREATE TABLE probes (
      store_id text COLLATE "C" PRIMARY KEY,
      count bigint NOT NULL
    )`,
  ],
  // Redirects become merge trees (docs/adr/0023-merges-as-trees.md), and the job of an import becomes part of its row.
  [
    "ALTER TABLE profiles ADD COLUMN holders text",
    `UPDATE profiles SET holders = merged.holders
    FROM (
      SELECT redirects.store_id, redirects.canonical_id, jsonb_agg(DISTINCT identifiers.profile_id)::text AS holders
      FROM redirects JOIN identifiers
        ON identifiers.store_id = redirects.store_id AND identifiers.profile_id = redirects.lost_id
      GROUP BY redirects.store_id, redirects.canonical_id
    ) AS merged
    WHERE profiles.store_id = merged.store_id AND profiles.id = merged.canonical_id`,
    `CREATE TABLE merge_nodes (
      store_id text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      parent_id text COLLATE "C",
      size bigint,
      canonical_id text COLLATE "C",
      PRIMARY KEY (store_id, id)
    )`,
    "INSERT INTO merge_nodes (store_id, id, parent_id) SELECT store_id, lost_id, canonical_id FROM redirects",
    `INSERT INTO merge_nodes (store_id, id, size, canonical_id)
    SELECT store_id, canonical_id, count(*) + 1, canonical_id FROM redirects GROUP BY store_id, canonical_id`,
    "DROP TABLE redirects",
    "ALTER TABLE imports ADD COLUMN due_at bigint, ADD COLUMN owner text, ADD COLUMN attempts bigint",
    "UPDATE imports SET attempts = 0 WHERE store_id IS NOT NULL",
    "ALTER TABLE imports ALTER COLUMN attempts SET NOT NULL",
    `UPDATE imports SET due_at = import_jobs.due_at, owner = import_jobs.owner FROM import_jobs
    WHERE import_jobs.store_id = imports.store_id AND import_jobs.import_id = imports.id`,
    "DROP TABLE import_jobs",
    "CREATE INDEX imports_by_due_at ON imports (store_id, due_at, id)",
  ],
];

/** Every table whose rows belong to a store. */
export const STORE_TABLES: readonly string[] = [...Object.keys(TABLES), "upload_chunks", "probes"];
