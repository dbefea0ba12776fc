import { TABLES, type TableName } from "../tables.ts";
import { STORE_TABLES } from "./migrations.ts";

// `$1` is the store. Lists are passed as arrays, one for each column. `OFFSET 0` keeps a subquery separate, so that a long list is looked up
// key by key; otherwise the planner reads the whole table.
//
// On a Citus cluster, each write is one task on the node of the store. Rows are therefore inserted with `VALUES ($1, unnest(…))`: Citus would
// copy the result of `SELECT … FROM unnest(…)` to the node, and commit in two phases. For the same reason, a common table expression that
// begins with a UNION names its columns in its first SELECT; Citus drops the names that follow the name of the expression.

/** Inserts new identifiers and locks existing ones, in the order of the arrays. Returns the existing ones, which are few in a bulk request. */
export const claimIdentifiers = `
  WITH inserted AS (
    INSERT INTO identifiers (store_id, type, value, profile_id, added_at)
    VALUES ($1, unnest($2::text[]), unnest($3::text[]), unnest($4::text[]), unnest($5::bigint[]))
    ON CONFLICT (store_id, type, value) DO UPDATE SET added_at = identifiers.added_at WHERE false
    RETURNING type, value
  )
  SELECT claim.type, claim.value FROM unnest($2::text[], $3::text[]) AS claim (type, value)
  WHERE (SELECT count(*) FROM inserted) < cardinality($2::text[])
    AND NOT EXISTS (SELECT FROM inserted WHERE inserted.type = claim.type AND inserted.value = claim.value)`;

/** Follows the IDs of `start (id)` to the roots of their merge trees. An ID that never merged is its own root. */
const roots = `
  path (id, node) AS (
    SELECT id, id COLLATE "C" FROM start
    UNION ALL
    SELECT path.id, next.parent_id
    FROM path CROSS JOIN LATERAL (
      SELECT parent_id FROM merge_nodes WHERE store_id = $1 AND id = path.node AND parent_id IS NOT NULL OFFSET 0
    ) AS next
  ),
  roots (id, root, size, canonical_id) AS (
    SELECT path.id, path.node, node.size, CASE WHEN node.id IS NULL THEN path.node ELSE node.canonical_id END
    FROM path LEFT JOIN LATERAL (
      SELECT id, parent_id, size, canonical_id FROM merge_nodes WHERE store_id = $1 AND id = path.node OFFSET 0
    ) AS node ON true
    WHERE node.parent_id IS NULL
  )`;

/** Canonical IDs of the given IDs. `canonical_id` is null if the canonical profile was deleted. */
export const selectCanonicalIds = `
  WITH RECURSIVE start (id) AS (SELECT unnest($2::text[])), ${roots}
  SELECT id, canonical_id FROM roots`;

/** The identifiers of the given profiles, without a lock. */
export const selectIdentifiersOf = `
  WITH RECURSIVE start (id) AS (SELECT unnest($2::text[])), ${roots},
  holders (id) AS (
    SELECT canonical_id AS id FROM roots WHERE canonical_id IS NOT NULL
    UNION
    SELECT holder
    FROM roots CROSS JOIN LATERAL (
      SELECT holders FROM profiles WHERE store_id = $1 AND id = roots.canonical_id OFFSET 0
    ) AS profile CROSS JOIN LATERAL jsonb_array_elements_text(profile.holders::jsonb) AS holder
  )
  SELECT found.type, found.value, found.profile_id, found.added_at
  FROM holders CROSS JOIN LATERAL (
    SELECT type, value, profile_id, added_at FROM identifiers WHERE store_id = $1 AND profile_id = holders.id OFFSET 0
  ) AS found`;

/**
 * Resolves claimed identifiers (`$2`, `$3`) and IDs (`$4`) to canonical profiles, and locks these in the order of their IDs. A row is an owner,
 * a canonical ID or a profile, by `kind`.
 */
const lock = (wait: "" | "NOWAIT") => `
  WITH RECURSIVE owners (type, value, holder) AS (
    SELECT claim.type, claim.value, found.profile_id
    FROM unnest($2::text[], $3::text[]) AS claim (type, value)
    CROSS JOIN LATERAL (
      SELECT profile_id FROM identifiers WHERE store_id = $1 AND type = claim.type AND value = claim.value OFFSET 0
    ) AS found
  ),
  start (id) AS (SELECT holder AS id FROM owners UNION SELECT unnest($4::text[])), ${roots},
  wanted (id) AS (SELECT DISTINCT canonical_id FROM roots WHERE canonical_id IS NOT NULL ORDER BY canonical_id),
  locked (id, created_at, holders) AS (
    SELECT profile.id, profile.created_at, profile.holders
    FROM wanted CROSS JOIN LATERAL (
      SELECT id, created_at, holders FROM profiles WHERE store_id = $1 AND id = wanted.id FOR UPDATE ${wait}
    ) AS profile
  )
  SELECT 'owner' AS kind, holder AS id, type, value, NULL::bigint AS created_at FROM owners
  UNION ALL SELECT 'root', id, canonical_id, NULL, NULL FROM roots
  UNION ALL SELECT 'profile', id, holders, NULL, created_at FROM locked`;

export const lockProfiles = lock("");

/** Out of order: fails rather than waits, because two transactions might wait for each other. */
export const lockProfilesNow = lock("NOWAIT");

/** What locked profiles (`$2`) contain, with their identifiers under all of their holders (`$3`). A row is of one `kind`. */
export const selectContents = `
  WITH RECURSIVE start (id) AS (SELECT unnest($2::text[])), ${roots}
  SELECT 'identifier' AS kind, found.profile_id AS id, found.type AS name, found.value AS text, found.added_at AS number
  FROM unnest($3::text[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT type, value, profile_id, added_at FROM identifiers WHERE store_id = $1 AND profile_id = wanted.id OFFSET 0
  ) AS found
  UNION ALL
  SELECT 'group', found.profile_id, found.name, found.traits, NULL
  FROM unnest($2::text[]) AS wanted (id)
  CROSS JOIN LATERAL (
    SELECT profile_id, name, traits FROM trait_groups WHERE store_id = $1 AND profile_id = wanted.id OFFSET 0
  ) AS found
  UNION ALL
  SELECT 'tree', id, root, NULL, size FROM roots WHERE size IS NOT NULL`;

/** Out of order: fails rather than waits. */
export const lockIdentifiersNow = `
  SELECT FROM unnest($2::text[], $3::text[]) AS detached (type, value)
  JOIN identifiers ON identifiers.store_id = $1
    AND identifiers.type = detached.type AND identifiers.value = detached.value
  FOR UPDATE OF identifiers NOWAIT`;

/** The writes of a change set. `?` stands for the next array. Those with rows become one statement, see {@link allOf}. */
export const writes = {
  insertProfiles: `
    INSERT INTO profiles (store_id, id, created_at, holders)
    VALUES ($1, unnest(?::text[]), unnest(?::bigint[]), unnest(?::text[]))`,
  // Upserts existing profiles, because an UPDATE of many rows would read the whole table.
  updateProfiles: `
    INSERT INTO profiles (store_id, id, created_at, holders)
    VALUES ($1, unnest(?::text[]), unnest(?::bigint[]), unnest(?::text[]))
    ON CONFLICT (store_id, id) DO UPDATE SET holders = excluded.holders`,
  deleteProfiles: "DELETE FROM profiles WHERE store_id = $1 AND id = ANY (?::text[])",
  deleteTraitGroupsOfProfiles: "DELETE FROM trait_groups WHERE store_id = $1 AND profile_id = ANY (?::text[])",
  upsertNodes: `
    INSERT INTO merge_nodes (store_id, id, parent_id, size, canonical_id)
    VALUES ($1, unnest(?::text[]), unnest(?::text[]), unnest(?::bigint[]), unnest(?::text[]))
    ON CONFLICT (store_id, id) DO UPDATE
    SET parent_id = excluded.parent_id, size = excluded.size, canonical_id = excluded.canonical_id`,
  deleteIdentifiers: `
    DELETE FROM identifiers USING unnest(?::text[], ?::text[]) AS detached (type, value)
    WHERE identifiers.store_id = $1 AND identifiers.type = detached.type AND identifiers.value = detached.value`,
  upsertIdentifiers: `
    INSERT INTO identifiers (store_id, type, value, profile_id, added_at)
    VALUES ($1, unnest(?::text[]), unnest(?::text[]), unnest(?::text[]), unnest(?::bigint[]))
    ON CONFLICT (store_id, type, value) DO UPDATE SET profile_id = excluded.profile_id, added_at = excluded.added_at`,
  // Without a conflict to look for, which takes a third of the time of an upsert.
  insertTraitGroups: `
    INSERT INTO trait_groups (store_id, profile_id, name, traits)
    VALUES ($1, unnest(?::text[]), unnest(?::text[]), unnest(?::text[]))`,
  upsertTraitGroups: `
    INSERT INTO trait_groups (store_id, profile_id, name, traits)
    VALUES ($1, unnest(?::text[]), unnest(?::text[]), unnest(?::text[]))
    ON CONFLICT (store_id, profile_id, name) DO UPDATE SET traits = excluded.traits`,
} as const;

/** One statement of several writes, which touch different rows. It takes one round trip. */
export function allOf(statements: readonly string[]): string {
  let count = 1;
  const parts = statements.map((statement, at) => `write_${at} AS (${statement.replaceAll("?", () => `$${++count}`)})`);
  return `WITH ${parts.join(", ")} SELECT`;
}

/** A row for each group, or one without a group. `$3` names the groups; null means all of them. */
export const selectProfile = `
  SELECT profiles.created_at, trait_groups.name, trait_groups.traits
  FROM profiles
  LEFT JOIN trait_groups ON trait_groups.store_id = $1 AND trait_groups.profile_id = $2
    AND ($3::text[] IS NULL OR trait_groups.name = ANY ($3::text[]))
  WHERE profiles.store_id = $1 AND profiles.id = $2
  ORDER BY trait_groups.name`;

export const listProfilesAscending = "SELECT id FROM profiles WHERE store_id = $1 AND id > $2 ORDER BY id LIMIT $3";
export const listProfilesDescending =
  "SELECT id FROM profiles WHERE store_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

const importColumns = Object.keys(TABLES.imports);
export const insertImport = `
  INSERT INTO imports (${importColumns.join(", ")}) VALUES (${importColumns.map((_, at) => `$${at + 1}`).join(", ")})`;
export const updateImport = `
  UPDATE imports SET ${importColumns
    .map((name, at) => `${name} = $${at + 1}`)
    .slice(2)
    .join(", ")}
  WHERE store_id = $1 AND id = $2`;
export const selectImport = "SELECT * FROM imports WHERE store_id = $1 AND id = $2";
export const lockImport = "SELECT * FROM imports WHERE store_id = $1 AND id = $2 FOR UPDATE";
export const lockDueImport = `
  SELECT * FROM imports WHERE store_id = $1 AND due_at <= $2 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`;
export const selectOldestDueAt = `
  SELECT due_at FROM imports WHERE store_id = $1 AND due_at <= $2 ORDER BY due_at LIMIT 1`;
export const listImports = "SELECT id FROM imports WHERE store_id = $1 ORDER BY id DESC LIMIT $2";

/** Inserts nothing unless the import still waits for its file. */
export const insertChunk = `
  INSERT INTO upload_chunks (store_id, import_id, upload_id, position, bytes)
  SELECT store_id, id, $3, $4, $5 FROM imports WHERE store_id = $1 AND id = $2 AND status = 'PENDING'`;
export const selectChunk = `
  SELECT bytes FROM upload_chunks WHERE store_id = $1 AND import_id = $2 AND upload_id = $3 AND position = $4`;
export const deleteUpload = "DELETE FROM upload_chunks WHERE store_id = $1 AND import_id = $2 AND upload_id = $3";
export const deleteUploads = "DELETE FROM upload_chunks WHERE store_id = $1 AND import_id = $2";
/** Deletes the chunks that no import will read: those of ended imports, and of uploads that arrived after an accepted one. */
export const deleteUnneededUploads = `
  DELETE FROM upload_chunks WHERE store_id = $1 AND NOT EXISTS (
    SELECT FROM imports WHERE imports.store_id = $1 AND imports.id = upload_chunks.import_id
      AND (imports.status = 'PENDING' OR (imports.status = 'PROCESSING' AND imports.upload_id = upload_chunks.upload_id)))`;

/** Writes a row that no reader needs, and zero rows to every other table, which requires the same privileges as a write. */
export const probe = allOf([
  "INSERT INTO probes (store_id, count) VALUES ($1, 1) ON CONFLICT (store_id) DO UPDATE SET count = probes.count + 1",
  ...STORE_TABLES.filter((table) => table !== "probes").flatMap((table) => [
    `INSERT INTO ${table} SELECT * FROM ${table} WHERE false`,
    `UPDATE ${table} SET store_id = store_id WHERE false`,
    `DELETE FROM ${table} WHERE false`,
  ]),
]);

/** Microseconds since 1970, by the clock of the database. */
export const selectTime = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS now";

/** The statements that read, empty and fill one table, for one store. */
export function tableStatements(table: TableName) {
  const columns = Object.entries(TABLES[table]);
  const names = columns.map(([name]) => name).join(", ");
  const values = columns.map(([, type], at) =>
    at === 0 ? "$1" : `unnest($${at + 1}::${type.startsWith("text") ? "text" : "bigint"}[])`,
  );
  return {
    select: `SELECT ${names} FROM ${table} WHERE store_id = $1 ORDER BY 1, 2, 3`,
    clear: `DELETE FROM ${table} WHERE store_id = $1`,
    insert: `INSERT INTO ${table} (${names}) VALUES (${values.join(", ")})`,
  };
}
