import { createProfile } from "./create-profile.ts";
import { createProfilesImportV2 } from "./create-profiles-import.ts";
import { deleteProfile } from "./delete-profile.ts";
import { fetchProfile } from "./fetch-profile.ts";
import { fetchProfileImportV2 } from "./fetch-profile-import.ts";
import { listProfileImportsV2 } from "./list-profile-imports.ts";
import { listProfiles } from "./list-profiles.ts";
import type { Operations } from "./operation.ts";
import { patchProfileTraits } from "./patch-profile-traits.ts";
import { updateProfilesBulk } from "./update-profiles-bulk.ts";
import { uploadImportFile } from "./upload-import-file.ts";

/** What each operation of the contract does. One that is missing, or answers otherwise than the contract, does not compile. */
export const implementedOperations: Operations = {
  createProfile,
  createProfilesImportV2,
  deleteProfile,
  fetchProfile,
  fetchProfileImportV2,
  listProfileImportsV2,
  listProfiles,
  patchProfileTraits,
  updateProfilesBulk,
  async uploadImportFile(parts, { path, query, headers, body }) {
    await uploadImportFile(parts, {
      importId: path.importId,
      token: query?.token ?? "",
      headers,
      body,
    });
    return { status: 200, body: undefined };
  },
};
