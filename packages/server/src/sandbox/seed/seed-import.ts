import { checkBody } from "#generated/check-request.js";
import type { ImportRecord } from "../../domain/imports/import-state.ts";
import { explainMismatch } from "../../http/checks/explain-mismatch.ts";
import { invalidBody } from "../../operations/api-error.ts";
import { UPLOAD_URL_MS } from "../../operations/imports/upload-token.ts";
import type { SandboxSources } from "../sandbox-sources.ts";
import type { SeedImport } from "./seed.ts";
import { checkId, readTime } from "./seed-values.ts";

/** The latest time of a `Date`. Only a PENDING import expires. */
const NEVER = 8.64e15;

/**
 * Returns the record of an import.
 *
 * @param pointer JSON pointer of the import in its seed
 * @throws {ApiError} 400 for values that the API would reject
 */
export function seedImport(sources: SandboxSources, seed: SeedImport, pointer: string): ImportRecord {
  const { filename, fileSize, columnMappings, status, summary } = seed;
  const check = checkBody.createProfilesImportV2;
  const [error] = check({ filename, fileSize, columnMappings }) ? [] : (check.errors ?? []);
  if (error) throw invalidBody(explainMismatch(pointer, error));

  const createdAt =
    seed.createdAt === undefined ? sources.clock.now() : readTime(seed.createdAt, `${pointer}/createdAt`);
  const updatedAt = seed.updatedAt === undefined ? createdAt : readTime(seed.updatedAt, `${pointer}/updatedAt`);
  const id = seed.id ?? sources.ids.next("mem_import");
  checkId("ImportId", id, `${pointer}/id`);
  const { errors = 0, warnings = 0 } = summary ?? {};
  return {
    ...{ id, filename, fileSize, columnMappings, status, createdAt, updatedAt },
    expiresAt: status === "PENDING" ? createdAt + UPLOAD_URL_MS : NEVER,
    // An import has a summary as soon as the processing of its file starts.
    progress: { offset: summary ? fileSize : 0, rows: 0, errors, warnings },
  };
}
