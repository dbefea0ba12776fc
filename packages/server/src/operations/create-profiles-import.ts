import type { ColumnMappings } from "@memory-api/types";
import { operations } from "@memory-api/types";
import { badRequest, unknownTrait } from "../api-error.ts";
import type { StoreRules } from "../domain/store-rules.ts";
import { signUploadToken, UPLOAD_URL_MS } from "../imports/upload-token.ts";
import type { ImportRecord } from "../storage/storage.ts";
import type { Operation } from "./operation.ts";
import { typedId } from "./typed-id.ts";

export const createProfilesImportV2: Operation<"createProfilesImportV2"> = async (
  parts,
  { path, body, rules, origin },
) => {
  checkMappings(rules, body.columnMappings);
  const id = typedId("mem_import", parts.ids.next("mem_import"));
  const now = parts.clock.now();
  const expiresAt = now + UPLOAD_URL_MS;
  const { filename, fileSize, columnMappings } = body;
  const created: ImportRecord = {
    ...{ id, filename, fileSize, columnMappings, expiresAt },
    status: "PENDING",
    createdAt: now,
    updatedAt: now,
    progress: { offset: 0, rows: 0, errors: 0, warnings: 0 },
  };
  await parts.storage.createImport(path.storeId, created);
  const token = signUploadToken(parts.settings.signingKeys, {
    storeId: path.storeId,
    importId: id,
    fileSize,
    expiresAt,
  });
  const url = `${origin}${operations.uploadImportFile.path.replace("{importId}", id)}?token=${encodeURIComponent(token)}`;
  return { status: 201, body: { importId: id, url } };
};

/** @throws {ApiError} 400 for a target that is not declared or is there twice, or if no column identifies anybody */
function checkMappings(rules: StoreRules, mappings: ColumnMappings): void {
  const targets = new Map<string, number>();
  let isIdentifying = false;
  for (const [at, { traitGroup, traitName }] of mappings.entries()) {
    const definition = rules.traitGroups.get(traitGroup)?.get(traitName);
    const target = `${traitGroup}.${traitName}`;
    if (definition === undefined)
      throw unknownTrait(`/columnMappings/${at}: the store does not declare the trait ${target}`);
    const other = targets.get(target);
    if (other !== undefined) {
      throw badRequest(`/columnMappings/${at}: ${target} is already the target of /columnMappings/${other}`);
    }
    targets.set(target, at);
    isIdentifying ||= definition.idTypePromotion !== undefined;
  }
  if (!isIdentifying) {
    throw badRequest("/columnMappings: at least one mapping must target a trait that is promoted to an identifier");
  }
}
