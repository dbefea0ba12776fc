export const begin = "BEGIN";
/** All that the transaction reads is of one instant. */
export const beginSnapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ";
export const commit = "COMMIT";
export const rollback = "ROLLBACK";

/** `$1` is how long a transaction of this connection may wait for its next statement, in milliseconds. */
export const limitIdleTransactions = "SELECT set_config('idle_in_transaction_session_timeout', $1, false)";

/** A write that touches nothing of any store. */
export const probe = `
  INSERT INTO probes (store_id, count) VALUES ($1, 1)
  ON CONFLICT (store_id) DO UPDATE SET count = probes.count + 1`;

/** How one table is read, emptied and filled again. `$1` is the stores, or the first column; then come the others. */
interface TableStatements {
  readonly select: string;
  readonly clear: string;
  readonly insert: string;
}

/** The tables of a snapshot, by name. Each row is its columns in the order of the table. */
export const tables: Readonly<Record<string, TableStatements>> = {
  profiles: {
    select: "SELECT store_id, id, created_at FROM profiles WHERE store_id = ANY ($1::text[]) ORDER BY store_id, id",
    clear: "DELETE FROM profiles WHERE store_id = ANY ($1::text[])",
    insert: `
      INSERT INTO profiles (store_id, id, created_at)
      SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])`,
  },
  redirects: {
    select: `
      SELECT store_id, lost_id, canonical_id
      FROM redirects WHERE store_id = ANY ($1::text[]) ORDER BY store_id, lost_id`,
    clear: "DELETE FROM redirects WHERE store_id = ANY ($1::text[])",
    insert: `
      INSERT INTO redirects (store_id, lost_id, canonical_id)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[])`,
  },
  identifiers: {
    select: `
      SELECT store_id, type, value, profile_id, added_at
      FROM identifiers WHERE store_id = ANY ($1::text[]) ORDER BY store_id, type, value`,
    clear: "DELETE FROM identifiers WHERE store_id = ANY ($1::text[])",
    insert: `
      INSERT INTO identifiers (store_id, type, value, profile_id, added_at)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])`,
  },
  trait_groups: {
    select: `
      SELECT store_id, profile_id, name, traits
      FROM trait_groups WHERE store_id = ANY ($1::text[]) ORDER BY store_id, profile_id, name`,
    clear: "DELETE FROM trait_groups WHERE store_id = ANY ($1::text[])",
    insert: `
      INSERT INTO trait_groups (store_id, profile_id, name, traits)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[])`,
  },
  imports: {
    select: `
      SELECT store_id, id, filename, file_size, column_mappings, status, created_at, updated_at, expires_at, upload_id,
        file_offset, row_count, error_count, warning_count
      FROM imports WHERE store_id = ANY ($1::text[]) ORDER BY store_id, id`,
    clear: "DELETE FROM imports WHERE store_id = ANY ($1::text[])",
    insert: `
      INSERT INTO imports (store_id, id, filename, file_size, column_mappings, status, created_at, updated_at, expires_at,
        upload_id, file_offset, row_count, error_count, warning_count)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::bigint[],
        $8::bigint[], $9::bigint[], $10::text[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[])`,
  },
  import_jobs: {
    select: `
      SELECT store_id, import_id, due_at, owner
      FROM import_jobs WHERE store_id = ANY ($1::text[]) ORDER BY store_id, import_id`,
    clear: "DELETE FROM import_jobs WHERE store_id = ANY ($1::text[])",
    insert: `
      INSERT INTO import_jobs (store_id, import_id, due_at, owner)
      SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[])`,
  },
};
