// Every statement on the tables of imports and of their files. `$1` is the store, times are milliseconds since 1970.

export const insertImport = `
  INSERT INTO imports (store_id, id, filename, file_size, column_mappings, status, created_at, updated_at, expires_at,
    file_offset, row_count, error_count, warning_count)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

export const insertJob = `
  INSERT INTO import_jobs (store_id, import_id, due_at) VALUES ($1, $2, $3)`;

export const selectImport = `
  SELECT id, filename, file_size, column_mappings, status, created_at, updated_at, expires_at, upload_id,
    file_offset, row_count, error_count, warning_count
  FROM imports WHERE store_id = $1 AND id = $2`;

export const listImports = `
  SELECT id FROM imports WHERE store_id = $1 ORDER BY id DESC LIMIT $2`;

export const acceptUpload = `
  UPDATE imports SET status = 'PROCESSING', upload_id = $3, updated_at = $4
  WHERE store_id = $1 AND id = $2 AND status = 'PENDING'`;

/** Makes the import due, and takes it from whoever found it expired. */
export const freeJob = `
  UPDATE import_jobs SET due_at = $3, owner = NULL WHERE store_id = $1 AND import_id = $2`;

export const selectDueJob = `
  SELECT import_id FROM import_jobs WHERE store_id = $1 AND due_at <= $2 ORDER BY due_at, import_id LIMIT 1`;

/** Looks at the time again: somebody else may have leased it since it was found to be due. */
export const claimJob = `
  UPDATE import_jobs SET owner = $3, due_at = $5 WHERE store_id = $1 AND import_id = $2 AND due_at <= $4`;

export const renewLease = `
  UPDATE import_jobs SET due_at = $4 WHERE store_id = $1 AND import_id = $2 AND owner = $3`;

export const releaseJob = `
  UPDATE import_jobs SET due_at = $4, owner = NULL WHERE store_id = $1 AND import_id = $2 AND owner = $3`;

export const deleteJob = `
  DELETE FROM import_jobs WHERE store_id = $1 AND import_id = $2 AND owner = $3`;

export const updateImport = `
  UPDATE imports SET status = $3, updated_at = $4, file_offset = $5, row_count = $6, error_count = $7, warning_count = $8
  WHERE store_id = $1 AND id = $2`;

export const insertChunk = `
  INSERT INTO upload_chunks (store_id, import_id, upload_id, position, bytes) VALUES ($1, $2, $3, $4, $5)`;

export const selectChunk = `
  SELECT bytes FROM upload_chunks WHERE store_id = $1 AND import_id = $2 AND upload_id = $3 AND position = $4`;

export const deleteUpload = `
  DELETE FROM upload_chunks WHERE store_id = $1 AND import_id = $2 AND upload_id = $3`;

export const deleteUploads = `
  DELETE FROM upload_chunks WHERE store_id = $1 AND import_id = $2`;
