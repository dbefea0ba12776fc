import type { OperationId } from "@memory-api/types";
import type { OperationClass } from "../configuration/settings.ts";

const MIB = 1024 * 1024;

/** What a request of each operation counts as, for the rate of its account. */
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

/** Bytes that a JSON body may have (`info.description`, section Limits). */
export function bodyLimitOf(id: OperationId): number {
  return id === "updateProfilesBulk" ? 16 * MIB : 5 * MIB;
}
