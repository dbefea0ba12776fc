/** The scenarios that a mock without state and without rules beyond the schemas can pass: the simplest requests, and malformed IDs. */
export const STATELESS: readonly string[] = [
  "smoke/listProfiles",
  "smoke/listProfileImportsV2",
  "smoke/profile",
  "authentication/listProfileImportsV2/malformed/storeId",
  "authentication/fetchProfileImportV2/malformed/importId",
  "authentication/fetchProfile/malformed/profileId",
  "authentication/deleteProfile/malformed/profileId",
];
