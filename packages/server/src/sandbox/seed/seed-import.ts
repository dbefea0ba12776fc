import { checkBody } from "#generated/check-request.js";
import { invalidBody } from "../../api-error.ts";
import { explainMismatch } from "../../http/explain-mismatch.ts";
import { UPLOAD_URL_MS } from "../../imports/upload-token.ts";
import type { ImportRecord } from "../../storage/storage.ts";
import type { SandboxSources } from "../sandbox-sources.ts";
import type { SeedImport } from "./seed.ts";
import { checkId, readTime } from "./seed-values.ts";

/** The last time that there is: what is not PENDING never expires. */
const NEVER = 8.64e15;

/**
 * The record of an import.
 *
 * @param pointer JSON pointer of the import in its seed
 * @throws {ApiError} 400 for what the API would refuse too
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
    // An import has a summary once its file was begun.
    progress: { offset: summary ? fileSize : 0, rows: 0, errors, warnings },
  };
}
