/**
 * Generated: do not edit. Make it again with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 0.1.0, openapi.json with SHA-256 8ee26a5889e777ddb4c58eb7b0790b0031e54308786ba28df48dee2036442e31,
 * by openapi-typescript 7.13.0.
 */
import type { ErrorOf, RequestOf, ResponseOf } from "../operation-types.ts";
import type { components } from "./openapi.ts";

export type StoreId = components["schemas"]["StoreId"];
export type PageSize = components["schemas"]["PageSize"];
export type PageToken = components["schemas"]["PageToken"];
export type OrderBy = components["schemas"]["OrderBy"];
export type ProfileId = components["schemas"]["ProfileId"];
export type PageMeta = components["schemas"]["PageMeta"];
export type ListProfilesResponse = components["schemas"]["ListProfilesResponse"];
export type ErrorBody = components["schemas"]["ErrorBody"];
export type TraitGroupName = components["schemas"]["TraitGroupName"];
export type TraitName = components["schemas"]["TraitName"];
export type TraitScalar = components["schemas"]["TraitScalar"];
export type TraitValue = components["schemas"]["TraitValue"];
export type TraitGroup = components["schemas"]["TraitGroup"];
export type Traits = components["schemas"]["Traits"];
export type CreateProfileRequest = components["schemas"]["CreateProfileRequest"];
export type CreateProfileResponse = components["schemas"]["CreateProfileResponse"];
export type UpdateProfilesBulkRequest = components["schemas"]["UpdateProfilesBulkRequest"];
export type UpdateProfilesBulkResponse = components["schemas"]["UpdateProfilesBulkResponse"];
export type ImportId = components["schemas"]["ImportId"];
export type ListProfileImportsV2Response = components["schemas"]["ListProfileImportsV2Response"];
export type Filename = components["schemas"]["Filename"];
export type FileSize = components["schemas"]["FileSize"];
export type ColumnMapping = components["schemas"]["ColumnMapping"];
export type ColumnMappings = components["schemas"]["ColumnMappings"];
export type CreateProfilesImportV2Request = components["schemas"]["CreateProfilesImportV2Request"];
export type CreateProfilesImportV2Response = components["schemas"]["CreateProfilesImportV2Response"];
export type ImportStatus = components["schemas"]["ImportStatus"];
export type ImportSummary = components["schemas"]["ImportSummary"];
export type ProfileImport = components["schemas"]["ProfileImport"];
export type TraitGroupList = components["schemas"]["TraitGroupList"];
export type Profile = components["schemas"]["Profile"];
export type ProfileRedirect = components["schemas"]["ProfileRedirect"];
export type DeleteProfileResponse = components["schemas"]["DeleteProfileResponse"];
export type TraitPatchValue = components["schemas"]["TraitPatchValue"];
export type TraitGroupPatch = components["schemas"]["TraitGroupPatch"];
export type TraitsPatch = components["schemas"]["TraitsPatch"];
export type PatchProfileTraitsRequest = components["schemas"]["PatchProfileTraitsRequest"];
export type PatchProfileTraitsResponse = components["schemas"]["PatchProfileTraitsResponse"];
export type UploadToken = components["schemas"]["UploadToken"];
export type CsvFile = components["schemas"]["CsvFile"];

export type ListProfilesError = ErrorOf<"listProfiles">;
export type CreateProfileError = ErrorOf<"createProfile">;
export type UpdateProfilesBulkError = ErrorOf<"updateProfilesBulk">;
export type ListProfileImportsV2Error = ErrorOf<"listProfileImportsV2">;
export type CreateProfilesImportV2Error = ErrorOf<"createProfilesImportV2">;
export type FetchProfileImportV2Response = ResponseOf<"fetchProfileImportV2">;
export type FetchProfileImportV2Error = ErrorOf<"fetchProfileImportV2">;
export type FetchProfileResponse = ResponseOf<"fetchProfile">;
export type FetchProfileError = ErrorOf<"fetchProfile">;
export type PatchProfileTraitsError = ErrorOf<"patchProfileTraits">;
export type DeleteProfileError = ErrorOf<"deleteProfile">;
export type UploadImportFileRequest = RequestOf<"uploadImportFile">;
export type UploadImportFileResponse = ResponseOf<"uploadImportFile">;
export type UploadImportFileError = ErrorOf<"uploadImportFile">;
