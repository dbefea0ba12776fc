import type { OperationId } from "@memory-api/types";
import type { OperationClass } from "../../configuration/settings.ts";

const MIB = 1024 * 1024;

/** The class of each operation, for the rate limits of its account. */
export const OPERATION_CLASSES: { readonly [Id in OperationId]: OperationClass } = {
  createProfile: "write",
  createProfilesImportV2: "import",
  deleteProfile: "write",
  fetchProfile: "read",
  fetchProfileImportV2: "read",
  listProfileImportsV2: "read",
  listProfiles: "read",
  patchProfileTraits: "write",
  updateProfilesBulk: "bulk",
  uploadImportFile: "import",
};

/** The largest JSON body in bytes (`info.description`, section Limits). */
export function bodyLimitOf(id: OperationId): number {
  return id === "updateProfilesBulk" ? 16 * MIB : 5 * MIB;
}
