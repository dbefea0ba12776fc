import { TABLES } from "../tables.ts";

/**
 * Every statement on the embedded database, keyed by its effect. Every index key begins with the store. Parameters have no numbers: Node.js
 * 22.16 rejects `?1`.
 */
export const STATEMENTS = {
  /** Of a list of `[type, value]` as JSON. A statement for each would take three times as long. */
  readIdentifiers: `SELECT identifiers.type, identifiers.value, identifiers.profile_id
    FROM json_each(?) AS named CROSS JOIN identifiers
    WHERE store_id = ? AND identifiers.type = named.value ->> 0 AND identifiers.value = named.value ->> 1`,
  // Without statistics, the planner would use the primary key and read the whole store.
  readIdentifiersOf: `SELECT type, value, added_at FROM identifiers INDEXED BY identifiers_by_profile
    WHERE store_id = ? AND profile_id = ?`,
  writeIdentifier: `INSERT INTO identifiers (store_id, type, value, profile_id, added_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (store_id, type, value) DO UPDATE SET profile_id = excluded.profile_id, added_at = excluded.added_at`,
  removeIdentifier: "DELETE FROM identifiers WHERE store_id = ? AND type = ? AND value = ?",

  readProfile: "SELECT created_at, holders FROM profiles WHERE store_id = ? AND id = ?",
  /** A row for each group, or one without a group. */
  viewProfile: `SELECT profiles.created_at, trait_groups.name, trait_groups.traits
    FROM profiles LEFT JOIN trait_groups ON trait_groups.store_id = profiles.store_id AND trait_groups.profile_id = profiles.id
    WHERE profiles.store_id = ? AND profiles.id = ?`,
  listAscending: "SELECT id FROM profiles WHERE store_id = ? AND id > ? ORDER BY id LIMIT ?",
  listDescending: "SELECT id FROM profiles WHERE store_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
  insertProfile: "INSERT INTO profiles (store_id, id, created_at, holders) VALUES (?, ?, ?, ?)",
  updateProfile: "UPDATE profiles SET holders = ? WHERE store_id = ? AND id = ?",
  removeProfile: "DELETE FROM profiles WHERE store_id = ? AND id = ?",

  readNode: "SELECT parent_id, size, canonical_id FROM merge_nodes WHERE store_id = ? AND id = ?",
  writeNode: `INSERT INTO merge_nodes (store_id, id, parent_id, size, canonical_id) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (store_id, id) DO UPDATE
    SET parent_id = excluded.parent_id, size = excluded.size, canonical_id = excluded.canonical_id`,

  readTraitGroups: "SELECT name, traits FROM trait_groups WHERE store_id = ? AND profile_id = ?",
  writeTraitGroup: `INSERT INTO trait_groups (store_id, profile_id, name, traits) VALUES (?, ?, ?, ?)
    ON CONFLICT (store_id, profile_id, name) DO UPDATE SET traits = excluded.traits`,
  removeTraitGroups: "DELETE FROM trait_groups WHERE store_id = ? AND profile_id = ?",

  writeImport: `INSERT OR REPLACE INTO imports (${Object.keys(TABLES.imports).join(", ")})
    VALUES (${Object.keys(TABLES.imports)
      .map(() => "?")
      .join(", ")})`,
  readImport: "SELECT * FROM imports WHERE store_id = ? AND id = ?",
  readDueImport: "SELECT * FROM imports WHERE store_id = ? AND due_at <= ? ORDER BY due_at, id LIMIT 1",
  readOldestDueAt: "SELECT due_at FROM imports WHERE store_id = ? AND due_at <= ? ORDER BY due_at LIMIT 1",
  listImports: "SELECT id FROM imports WHERE store_id = ? ORDER BY id DESC LIMIT ?",
} as const;

export type StatementName = keyof typeof STATEMENTS;
