import { createProfilesImportV2 } from "./imports/create-profiles-import.ts";
import { fetchProfileImportV2 } from "./imports/fetch-profile-import.ts";
import { listProfileImportsV2 } from "./imports/list-profile-imports.ts";
import { uploadImportFile } from "./imports/upload-import-file.ts";
import type { Operations } from "./operation.ts";
import { createProfile } from "./profiles/create-profile.ts";
import { deleteProfile } from "./profiles/delete-profile.ts";
import { fetchProfile } from "./profiles/fetch-profile.ts";
import { listProfiles } from "./profiles/list-profiles.ts";
import { patchProfileTraits } from "./profiles/patch-profile-traits.ts";
import { updateProfilesBulk } from "./profiles/update-profiles-bulk.ts";

/** The implementation of each operation. A missing one, or one whose response differs from the contract, does not compile. */
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
  async uploadImportFile(dependencies, { path, query, headers, body, isFor }) {
    await uploadImportFile(dependencies, {
      importId: path.importId,
      token: query?.token ?? "",
      headers,
      body,
      isFor,
    });
    return { status: 200, body: undefined };
  },
};
