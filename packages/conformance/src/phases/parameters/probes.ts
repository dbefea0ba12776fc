import {
  filenameProbe,
  fileSizeProbe,
  importIdProbe,
  mappingProbe,
  traitGroupProbe,
  uploadIdProbe,
  uploadTokenProbe,
} from "./import-probes.ts";
import { orderByProbe, pageSizeProbe, pageTokenProbe, traitGroupsProbe } from "./list-probes.ts";
import { type Probe, storeIdProbe } from "./probe.ts";
import {
  bulkProbe,
  createTraitsProbe,
  deleteIdProbe,
  fetchIdProbe,
  patchIdProbe,
  patchTraitsProbe,
} from "./profile-probes.ts";

/** The probe of each parameter, header and body property of the contract. */
export const PROBES: Readonly<Record<string, Probe>> = {
  "listProfiles path storeId": storeIdProbe,
  "listProfiles query pageSize": pageSizeProbe,
  "listProfiles query pageToken": pageTokenProbe,
  "listProfiles query orderBy": orderByProbe,
  "createProfile path storeId": storeIdProbe,
  "createProfile body /traits": createTraitsProbe,
  "updateProfilesBulk path storeId": storeIdProbe,
  "updateProfilesBulk body /profiles": bulkProbe,
  "updateProfilesBulk body /profiles/*/traits": bulkProbe,
  "listProfileImportsV2 path storeId": storeIdProbe,
  "createProfilesImportV2 path storeId": storeIdProbe,
  "createProfilesImportV2 body /filename": filenameProbe,
  "createProfilesImportV2 body /fileSize": fileSizeProbe,
  "createProfilesImportV2 body /columnMappings": mappingProbe,
  "createProfilesImportV2 body /columnMappings/*/columnName": mappingProbe,
  "createProfilesImportV2 body /columnMappings/*/traitGroup": traitGroupProbe,
  "createProfilesImportV2 body /columnMappings/*/traitName": mappingProbe,
  "fetchProfileImportV2 path storeId": storeIdProbe,
  "fetchProfileImportV2 path importId": importIdProbe,
  "fetchProfile path storeId": storeIdProbe,
  "fetchProfile path profileId": fetchIdProbe,
  "fetchProfile query traitGroups": traitGroupsProbe,
  "patchProfileTraits path storeId": storeIdProbe,
  "patchProfileTraits path profileId": patchIdProbe,
  "patchProfileTraits body /traits": patchTraitsProbe,
  "deleteProfile path storeId": storeIdProbe,
  "deleteProfile path profileId": deleteIdProbe,
  "uploadImportFile path importId": uploadIdProbe,
  "uploadImportFile query token": uploadTokenProbe,
  "uploadImportFile body /": mappingProbe,
};
