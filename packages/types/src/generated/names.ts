/**
 * Generated: do not edit. Make it again with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 0.1.0, openapi.json with SHA-256 f6ba7745197675721b7a4a54b116f97715c9da73bdda22959c02702a561fa519,
 * by openapi-typescript 7.13.0.
 */
import type { ErrorOf, RequestOf, ResponseOf } from "../operation-types.ts";
import type { components } from "./openapi.ts";

/**
 * ID of a memory store.
 *
 * Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
 *
 * @example mem_store_00000000000000000000000000
 */
export type StoreId = components["schemas"]["StoreId"];

/**
 * How many IDs a page may hold.
 *
 * Bounds: minimum `1`, maximum `1000`.
 *
 * @default 50
 * @example 50
 */
export type PageSize = components["schemas"]["PageSize"];

/**
 * An opaque pointer to a page, valid for the store and the order that it was issued for.
 *
 * Bounds: maxLength `500`.
 *
 * @example eyJkIjoiREVTQyIsImEiOiIwMWtqcHg5Z2JzZjM0YTdkOGoyeThoamtxdiJ9
 */
export type PageToken = components["schemas"]["PageToken"];

/**
 * Order by time of creation, oldest first (`ASC`) or newest first (`DESC`).
 *
 * @default DESC
 * @example ASC
 */
export type OrderBy = components["schemas"]["OrderBy"];

/**
 * ID of a profile.
 *
 * Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
 *
 * @example mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv
 * @example mem_profile_00000000000000000000000000
 */
export type ProfileId = components["schemas"]["ProfileId"];

/**
 * Where this page stands in the list. A token that is absent says that there is no such page.
 *
 * Bounds: maxProperties `4`.
 *
 * @example {
 *   "key": "profiles",
 *   "pageSize": 50
 * }
 */
export type PageMeta = components["schemas"]["PageMeta"];

/** One page of profile IDs. */
export type ListProfilesResponse = components["schemas"]["ListProfilesResponse"];

/** The body of every answer that is an error. */
export type ErrorBody = components["schemas"]["ErrorBody"];

/**
 * Name of a trait group that the store declares.
 *
 * Bounds: pattern `^[a-zA-Z0-9_\-\.]+$`, minLength `1`, maxLength `64`.
 *
 * @example Contact
 */
export type TraitGroupName = components["schemas"]["TraitGroupName"];

/**
 * Name of a trait within its group.
 *
 * Bounds: maxLength `64`.
 *
 * @example firstName
 */
export type TraitName = components["schemas"]["TraitName"];

/**
 * One string, number or boolean.
 *
 * @example Ada
 */
export type TraitScalar = components["schemas"]["TraitScalar"];

/**
 * The value of a trait, or a flat list of values. The data type that the store declares for the trait narrows it further.
 *
 * @example Ada
 * @example 42
 * @example [
 *   "hiking",
 *   "chess"
 * ]
 */
export type TraitValue = components["schemas"]["TraitValue"];

/**
 * Traits of one group, by name.
 *
 * Bounds: maxProperties `95`.
 *
 * @example {
 *   "email": "ada.reyes@example.com",
 *   "firstName": "Ada"
 * }
 */
export type TraitGroup = components["schemas"]["TraitGroup"];

/**
 * Traits by group name. Only groups and traits that the store declares can be written.
 *
 * Bounds: maxProperties `50`.
 *
 * @example {
 *   "Contact": {
 *     "email": "Alyssa.Mock@example.com",
 *     "phone": "+13175551234",
 *     "lastName": "Mock",
 *     "firstName": "Alyssa",
 *     "street": "123 Main St",
 *     "city": "San Francisco",
 *     "state": "CA",
 *     "postalCode": "94107",
 *     "country": "US"
 *   }
 * }
 */
export type Traits = components["schemas"]["Traits"];

/**
 * The traits of one customer. At least one must be promoted to an identifier.
 *
 * @example {
 *   "traits": {
 *     "Contact": {
 *       "email": "ada.reyes@example.com"
 *     }
 *   }
 * }
 */
export type CreateProfileRequest = components["schemas"]["CreateProfileRequest"];

/** Which profile the traits belong to. */
export type CreateProfileResponse = components["schemas"]["CreateProfileResponse"];

/**
 * Up to 1000 customers. Leaving `profiles` out is refused with `400`.
 *
 * @example {
 *   "profiles": [
 *     {
 *       "traits": {
 *         "Contact": {
 *           "email": "ada.reyes@example.com"
 *         }
 *       }
 *     }
 *   ]
 * }
 */
export type UpdateProfilesBulkRequest = components["schemas"]["UpdateProfilesBulkRequest"];

/** Says that the whole batch was accepted. */
export type UpdateProfilesBulkResponse = components["schemas"]["UpdateProfilesBulkResponse"];

/**
 * ID of an import.
 *
 * Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`.
 *
 * @example mem_import_00000000000000000000000000
 * @example mem_import_01kkbk0tfteqn89st3b7v4f5y8
 */
export type ImportId = components["schemas"]["ImportId"];

/** The newest imports of the store. */
export type ListProfileImportsV2Response = components["schemas"]["ListProfileImportsV2Response"];

/**
 * Name of a CSV file, kept for people to recognise it by.
 *
 * Bounds: maxLength `255`.
 *
 * @example profiles_import.csv
 * @example spring-campaign.csv
 */
export type Filename = components["schemas"]["Filename"];

/**
 * Size of a file in bytes, from 1 byte to 100 MiB.
 *
 * Bounds: minimum `1`, maximum `104857600`.
 *
 * @example 204800
 */
export type FileSize = components["schemas"]["FileSize"];

/**
 * Says which trait a column of the CSV file is written to.
 *
 * @example {
 *   "columnName": "email_address",
 *   "traitGroup": "Contact",
 *   "traitName": "email"
 * }
 */
export type ColumnMapping = components["schemas"]["ColumnMapping"];

/**
 * Which column of a CSV file goes to which trait. A column without a mapping is ignored.
 *
 * Bounds: minItems `2`, maxItems `100`.
 *
 * @example [
 *   {
 *     "columnName": "email_address",
 *     "traitGroup": "Contact",
 *     "traitName": "email"
 *   },
 *   {
 *     "columnName": "first_name",
 *     "traitGroup": "Contact",
 *     "traitName": "firstName"
 *   }
 * ]
 */
export type ColumnMappings = components["schemas"]["ColumnMappings"];

/**
 * The file that will be uploaded, and where its columns go.
 *
 * @example {
 *   "filename": "spring-campaign.csv",
 *   "fileSize": 204800,
 *   "columnMappings": [
 *     {
 *       "columnName": "email_address",
 *       "traitGroup": "Contact",
 *       "traitName": "email"
 *     },
 *     {
 *       "columnName": "first_name",
 *       "traitGroup": "Contact",
 *       "traitName": "firstName"
 *     }
 *   ]
 * }
 */
export type CreateProfilesImportV2Request = components["schemas"]["CreateProfilesImportV2Request"];

/** The import, waiting for its file. */
export type CreateProfilesImportV2Response = components["schemas"]["CreateProfilesImportV2Response"];

/**
 * State of an import: `PENDING` waits for the file, `PROCESSING` reads it, `COMPLETED` and `FAILED` are final.
 *
 * @example COMPLETED
 */
export type ImportStatus = components["schemas"]["ImportStatus"];

/**
 * How the rows of the file fared.
 *
 * @example {
 *   "errors": 3,
 *   "warnings": 12
 * }
 */
export type ImportSummary = components["schemas"]["ImportSummary"];

/** An import and how far it has come. */
export type ProfileImport = components["schemas"]["ProfileImport"];

/**
 * Names of trait groups with commas between them.
 *
 * Bounds: minLength `1`, maxLength `256`.
 *
 * @example Contact
 * @example Contact,Loyalty
 */
export type TraitGroupList = components["schemas"]["TraitGroupList"];

/** A customer, with the traits that are known. */
export type Profile = components["schemas"]["Profile"];

/** Where the profile went when it was merged into another. */
export type ProfileRedirect = components["schemas"]["ProfileRedirect"];

/** Says that the deletion was accepted. */
export type DeleteProfileResponse = components["schemas"]["DeleteProfileResponse"];

/**
 * A value to write, or `null` to remove the trait.
 *
 * @example +14155550123
 * @example null
 */
export type TraitPatchValue = components["schemas"]["TraitPatchValue"];

/**
 * Changes to the traits of one group, by name. Traits that are not named stay as they are.
 *
 * Bounds: maxProperties `95`.
 *
 * @example {
 *   "city": "Oakland",
 *   "phone": null
 * }
 */
export type TraitGroupPatch = components["schemas"]["TraitGroupPatch"];

/**
 * Changes by group name. Groups that are not named stay as they are.
 *
 * Bounds: maxProperties `50`.
 *
 * @example {
 *   "Contact": {
 *     "city": "Oakland",
 *     "phone": null
 *   }
 * }
 */
export type TraitsPatch = components["schemas"]["TraitsPatch"];

/**
 * The traits to change. Nothing to change is well formed, and changes nothing.
 *
 * @example {
 *   "traits": {
 *     "Contact": {
 *       "city": "Oakland"
 *     }
 *   }
 * }
 */
export type PatchProfileTraitsRequest = components["schemas"]["PatchProfileTraitsRequest"];

/** Says that the patch was accepted. */
export type PatchProfileTraitsResponse = components["schemas"]["PatchProfileTraitsResponse"];

/**
 * Opaque proof of permission, signed over the method, the import, the expiry and the size.
 *
 * Bounds: maxLength `512`.
 *
 * @example 1773138600.204800.Zk3vN0xY8sQm1TtRf5bWcLhJ2uGoPaEi7dKyXwV9n4M
 */
export type UploadToken = components["schemas"]["UploadToken"];

/**
 * UTF-8 text (a byte order mark is accepted) after RFC 4180: a header row first, commas, lines that end in `\n` or `\r\n`.
 * A line with nothing in it is no row.
 *
 * Bounds: minLength `1`, maxLength `104857600`.
 *
 * @example email_address,first_name
 * ada.reyes@example.com,Ada
 */
export type CsvFile = components["schemas"]["CsvFile"];

/** Body of an error of `listProfiles`. Its `status` tells them apart: 400, 401, 403, 404, 429, 500, 503. */
export type ListProfilesError = ErrorOf<"listProfiles">;

/** Body of an error of `createProfile`. Its `status` tells them apart: 400, 401, 403, 404, 413, 415, 429, 500, 503. */
export type CreateProfileError = ErrorOf<"createProfile">;

/** Body of an error of `updateProfilesBulk`. Its `status` tells them apart: 400, 401, 403, 404, 413, 415, 429, 500, 503. */
export type UpdateProfilesBulkError = ErrorOf<"updateProfilesBulk">;

/** Body of an error of `listProfileImportsV2`. Its `status` tells them apart: 400, 401, 403, 404, 429, 500, 503. */
export type ListProfileImportsV2Error = ErrorOf<"listProfileImportsV2">;

/** Body of an error of `createProfilesImportV2`. Its `status` tells them apart: 400, 401, 403, 404, 413, 415, 429, 500, 503. */
export type CreateProfilesImportV2Error = ErrorOf<"createProfilesImportV2">;

/**
 * Body of the success of `fetchProfileImportV2`, 200.
 *
 * The import.
 */
export type FetchProfileImportV2Response = ResponseOf<"fetchProfileImportV2">;

/** Body of an error of `fetchProfileImportV2`. Its `status` tells them apart: 400, 401, 403, 404, 429, 500, 503. */
export type FetchProfileImportV2Error = ErrorOf<"fetchProfileImportV2">;

/**
 * Body of the success of `fetchProfile`, 200.
 *
 * The profile.
 */
export type FetchProfileResponse = ResponseOf<"fetchProfile">;

/** Body of an error of `fetchProfile`. Its `status` tells them apart: 400, 401, 403, 404, 429, 500, 503. */
export type FetchProfileError = ErrorOf<"fetchProfile">;

/** Body of an error of `patchProfileTraits`. Its `status` tells them apart: 400, 401, 403, 404, 413, 415, 429, 500, 503. */
export type PatchProfileTraitsError = ErrorOf<"patchProfileTraits">;

/** Body of an error of `deleteProfile`. Its `status` tells them apart: 400, 401, 403, 404, 429, 500, 503. */
export type DeleteProfileError = ErrorOf<"deleteProfile">;

/**
 * Body that `uploadImportFile` takes.
 *
 * The bytes of the file.
 */
export type UploadImportFileRequest = RequestOf<"uploadImportFile">;

/**
 * Body of the success of `uploadImportFile`, 200.
 *
 * The file has arrived. The answer has no body.
 */
export type UploadImportFileResponse = ResponseOf<"uploadImportFile">;

/** Body of an error of `uploadImportFile`. Its `status` tells them apart: 400, 403, 404, 409, 411, 413, 415, 429, 500, 503. */
export type UploadImportFileError = ErrorOf<"uploadImportFile">;
