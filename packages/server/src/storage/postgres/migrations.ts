/**
 * The steps from an empty database to the one that the code needs, in their order. A step that was released never changes; a new
 * one goes to the end. Every key begins with the store, and text sorts by its bytes, so that every server sorts alike.
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
];
