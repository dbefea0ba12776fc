/** Every statement on the embedded database, by what it does. Each key is led by the store. */
export const STATEMENTS = {
  readIdentifier: "SELECT profile_id FROM identifiers WHERE store_id = ? AND type = ? AND value = ?",
  // Named, since without statistics the planner takes the primary key for this and reads the whole store.
  readIdentifiersOf: `SELECT type, value, added_at FROM identifiers INDEXED BY identifiers_by_profile
    WHERE store_id = ? AND profile_id = ?`,
  writeIdentifier: `INSERT INTO identifiers (store_id, type, value, profile_id, added_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (store_id, type, value) DO UPDATE SET profile_id = excluded.profile_id, added_at = excluded.added_at`,
  removeIdentifier: "DELETE FROM identifiers WHERE store_id = ? AND type = ? AND value = ?",

  readProfile: "SELECT created_at FROM profiles WHERE store_id = ? AND id = ?",
  listAscending: "SELECT id FROM profiles WHERE store_id = ? AND id > ? ORDER BY id LIMIT ?",
  listDescending: "SELECT id FROM profiles WHERE store_id = ? AND id < ? ORDER BY id DESC LIMIT ?",
  writeProfile: "INSERT INTO profiles (store_id, id, created_at) VALUES (?, ?, ?)",
  removeProfile: "DELETE FROM profiles WHERE store_id = ? AND id = ?",

  readRedirect: "SELECT canonical_id FROM redirects WHERE store_id = ? AND lost_id = ?",
  readRedirectsTo: "SELECT lost_id FROM redirects WHERE store_id = ? AND canonical_id = ?",
  writeRedirect: `INSERT INTO redirects (store_id, lost_id, canonical_id) VALUES (?, ?, ?)
    ON CONFLICT (store_id, lost_id) DO UPDATE SET canonical_id = excluded.canonical_id`,
  removeRedirect: "DELETE FROM redirects WHERE store_id = ? AND lost_id = ?",

  readTraitGroups: "SELECT name, traits FROM trait_groups WHERE store_id = ? AND profile_id = ?",
  readTraitGroup: "SELECT name, traits FROM trait_groups WHERE store_id = ? AND profile_id = ? AND name = ?",
  writeTraitGroup: `INSERT INTO trait_groups (store_id, profile_id, name, traits) VALUES (?, ?, ?, ?)
    ON CONFLICT (store_id, profile_id, name) DO UPDATE SET traits = excluded.traits`,
  removeTraitGroup: "DELETE FROM trait_groups WHERE store_id = ? AND profile_id = ? AND name = ?",
  removeTraitGroups: "DELETE FROM trait_groups WHERE store_id = ? AND profile_id = ?",

  createImport: `INSERT INTO imports (store_id, id, filename, file_size, column_mappings, status, created_at, updated_at,
      expires_at, upload_id, file_offset, row_count, error_count, warning_count)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)`,
  readImport: "SELECT * FROM imports WHERE store_id = ? AND id = ?",
  listImports: "SELECT id FROM imports WHERE store_id = ? ORDER BY id DESC LIMIT ?",
  acceptUpload: `UPDATE imports SET status = 'PROCESSING', upload_id = ?, updated_at = ?
    WHERE store_id = ? AND id = ? AND status = 'PENDING'`,
  writeProgress: `UPDATE imports SET status = ?, updated_at = ?, file_offset = ?, row_count = ?, error_count = ?, warning_count = ?
    WHERE store_id = ? AND id = ?`,

  createJob: "INSERT INTO import_jobs (store_id, import_id, due_at, owner) VALUES (?, ?, ?, NULL)",
  makeJobDue: "UPDATE import_jobs SET due_at = ?, owner = NULL WHERE store_id = ? AND import_id = ?",
  readDueJob: "SELECT import_id FROM import_jobs WHERE store_id = ? AND due_at <= ? ORDER BY due_at LIMIT 1",
  claimJob: "UPDATE import_jobs SET due_at = ?, owner = ? WHERE store_id = ? AND import_id = ?",
  extendLease: "UPDATE import_jobs SET due_at = ? WHERE store_id = ? AND import_id = ? AND owner = ?",
  releaseJob: "UPDATE import_jobs SET due_at = ?, owner = NULL WHERE store_id = ? AND import_id = ? AND owner = ?",
  removeJob: "DELETE FROM import_jobs WHERE store_id = ? AND import_id = ? AND owner = ?",
} as const;

export type StatementName = keyof typeof STATEMENTS;
