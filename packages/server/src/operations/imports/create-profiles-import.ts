import type { ColumnMappings } from "@memory-api/types";
import { operations } from "@memory-api/types";
import type { ImportRecord } from "../../domain/imports/import-state.ts";
import type { StoreRules } from "../../domain/stores/store-rules.ts";
import { badRequest, unknownTrait } from "../api-error.ts";
import type { Operation } from "../operation.ts";
import { typedId } from "../typed-id.ts";
import { signUploadToken, UPLOAD_URL_MS } from "./upload-token.ts";

export const createProfilesImportV2: Operation<"createProfilesImportV2"> = async (
  dependencies,
  { path, body, store, origin },
) => {
  checkMappings(store.rules, body.columnMappings);
  const id = typedId("mem_import", dependencies.ids.next("mem_import"));
  const now = dependencies.clock.now();
  const expiresAt = now + UPLOAD_URL_MS;
  const { filename, fileSize, columnMappings } = body;
  const created: ImportRecord = {
    ...{ id, filename, fileSize, columnMappings, expiresAt },
    status: "PENDING",
    createdAt: now,
    updatedAt: now,
    progress: { offset: 0, rows: 0, errors: 0, warnings: 0 },
  };
  await dependencies.storage.createImport(path.storeId, created);
  const token = signUploadToken(dependencies.settings.signingKeys, {
    storeId: path.storeId,
    importId: id,
    fileSize,
    expiresAt,
  });
  const url = `${origin}${operations.uploadImportFile.path.replace("{importId}", id)}?token=${encodeURIComponent(token)}`;
  return { status: 201, body: { importId: id, url } };
};

/** @throws {ApiError} 400 for a target that is not declared or occurs twice, or if no target is promoted to an identifier */
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
