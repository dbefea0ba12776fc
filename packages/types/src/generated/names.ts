/**
 * Generated: do not edit. Regenerate with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 1.0.0, openapi.json with SHA-256 a2da0e46bab9ff4a546b14295500a43db429f8a563d4ad357474783ead8a640a,
 * by openapi-typescript 7.13.0.
 */
import type { ErrorOf, RequestOf, ResponseOf } from "../operation-types.ts";
import type { components } from "./openapi.ts";

/**
 * ID of a memory store. It is not personal data.
 *
 * Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
 *
 * @example mem_store_00000000000000000000000000
 */
export type StoreId = components["schemas"]["StoreId"];

/**
 * Maximum number of IDs on a page.
 *
 * Bounds: minimum `1`, maximum `1000`.
 *
 * @default 50
 * @example 50
 */
export type PageSize = components["schemas"]["PageSize"];

/**
 * Opaque pointer to a page of a list.
 *
 * Bounds: maxLength `500`.
 *
 * @example eyJkIjoiREVTQyIsImEiOiIwMWtqcHg5Z2JzZjM0YTdkOGoyeThoamtxdiJ9
 */
export type PageToken = components["schemas"]["PageToken"];

/**
 * Order by creation time, oldest first (`ASC`) or newest first (`DESC`).
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
 * The position of a page in the list. An absent token means that there is no such page.
 *
 * Bounds: maxProperties `4`.
 *
 * @example {
 *   "key": "profiles",
 *   "pageSize": 50
 * }
 */
export type PageMeta = components["schemas"]["PageMeta"];

/**
 * One page of profile IDs. The vendor marks every property as optional, although the live service always sends
 * `profiles` and `meta`.
 *
 * **Decided here:** `profiles` and `meta` are required.
 */
export type ListProfilesResponse = components["schemas"]["ListProfilesResponse"];

/** The body of every error response. */
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
 * Name of a trait in its group.
 *
 * Bounds: maxLength `64`.
 *
 * @example firstName
 */
export type TraitName = components["schemas"]["TraitName"];

/**
 * A single string, number or boolean.
 *
 * Bounds: maxLength `1024`.
 *
 * @example Ada
 */
export type TraitScalar = components["schemas"]["TraitScalar"];

/**
 * The value of a trait: a string, number or boolean, or a flat list of these. The store declares the data type of each trait.
 *
 * Bounds: maxLength `1024`, maxItems `100`.
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
 * Traits of one group by trait name.
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
 * Traits by group name.
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
 * The traits of one customer. At least one trait must be promoted to an identifier.
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

/**
 * The profile that the traits belong to. The vendor marks every property as optional, although the live service always
 * sends `id` and `message`.
 *
 * **Decided here:** `id` and `message` are required.
 */
export type CreateProfileResponse = components["schemas"]["CreateProfileResponse"];

/**
 * Up to 1000 customers.
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

/**
 * Confirms that the whole batch was accepted. The vendor marks every property as optional, although the live service
 * always sends `message`.
 *
 * **Decided here:** `message` is required.
 */
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

/**
 * The newest imports of the store. The vendor marks every property as optional, although the live service always sends
 * `imports`.
 *
 * **Decided here:** `imports` is required. `meta` is optional and describes the only page.
 */
export type ListProfileImportsV2Response = components["schemas"]["ListProfileImportsV2Response"];

/**
 * Name of the CSV file.
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
 * Maps a column of the CSV file to a trait.
 *
 * @example {
 *   "columnName": "email_address",
 *   "traitGroup": "Contact",
 *   "traitName": "email"
 * }
 */
export type ColumnMapping = components["schemas"]["ColumnMapping"];

/**
 * Mappings of CSV columns to traits. Columns without a mapping are ignored.
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
 * The file to be uploaded and the traits that its columns map to.
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

/**
 * The created import and the URL for its file. The vendor marks every property as optional, although the live service
 * always sends `importId` and `url`.
 *
 * **Decided here:** `importId` and `url` are required. The URL is valid for 1800 seconds.
 */
export type CreateProfilesImportV2Response = components["schemas"]["CreateProfilesImportV2Response"];

/**
 * Status of an import: `PENDING` until the file arrives, `PROCESSING` while it is read, then `COMPLETED` or `FAILED`.
 *
 * @example COMPLETED
 */
export type ImportStatus = "PENDING" | "PROCESSING" | "COMPLETED" | "FAILED" | (string & {});

/**
 * Summary statistics of an import.
 *
 * @example {
 *   "errors": 3,
 *   "warnings": 12
 * }
 */
export type ImportSummary = components["schemas"]["ImportSummary"];

/**
 * An import and its progress. The vendor marks every property as optional, although the live service always sends
 * `status`, `filename` and `createdAt`.
 *
 * **Decided here:** `status`, `filename` and `createdAt` are required.
 */
export type ProfileImport = components["schemas"]["ProfileImport"];

/**
 * Comma-separated names of trait groups.
 *
 * Bounds: minLength `1`, maxLength `256`.
 *
 * @example Contact
 * @example Contact,Loyalty
 */
export type TraitGroupList = components["schemas"]["TraitGroupList"];

/**
 * A customer profile with its traits. The vendor marks every property as optional, although the live service always
 * sends `id`, `createdAt` and `traits`.
 *
 * **Decided here:** `id`, `createdAt` and `traits` are required.
 */
export type Profile = components["schemas"]["Profile"];

/** The canonical profile that a merged profile redirects to. */
export type ProfileRedirect = components["schemas"]["ProfileRedirect"];

/**
 * Confirms that the deletion was accepted. The vendor marks every property as optional, although the live service always
 * sends `message`.
 *
 * **Decided here:** `message` is required.
 */
export type DeleteProfileResponse = components["schemas"]["DeleteProfileResponse"];

/**
 * A value to write, or `null` to remove the trait.
 *
 * @example +14155550123
 * @example null
 */
export type TraitPatchValue = components["schemas"]["TraitPatchValue"];

/**
 * Changes to the traits of one group by trait name. Traits that are not named remain unchanged.
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
 * Changes by group name. Groups that are not named remain unchanged.
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
 * The traits to change.
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

/**
 * Confirms that the patch was accepted. The vendor marks every property as optional, although the live service always
 * sends `message`.
 *
 * **Decided here:** `message` is required.
 */
export type PatchProfileTraitsResponse = components["schemas"]["PatchProfileTraitsResponse"];

/**
 * Opaque token that grants access to one upload.
 *
 * **Decided here:** The token is signed over the method, store, import, expiry, size and media type of the upload.
 *
 * Bounds: maxLength `512`.
 *
 * @example 1773138600.204800.Zk3vN0xY8sQm1TtRf5bWcLhJ2uGoPaEi7dKyXwV9n4M
 */
export type UploadToken = components["schemas"]["UploadToken"];

/**
 * UTF-8 text in the format of RFC 4180: a header row first, commas as separators, and lines that end in `\n` or `\r\n`. A
 * byte order mark is accepted.
 *
 * **Decided here:** An empty line is not a row.
 *
 * Bounds: minLength `1`, maxLength `104857600`.
 *
 * @example email_address,first_name
 * ada.reyes@example.com,Ada
 */
export type CsvFile = components["schemas"]["CsvFile"];

/** Body of an error response of `listProfiles`, discriminated by `status`: 400, 401, 403, 404, 429, 500, 503. */
export type ListProfilesError = ErrorOf<"listProfiles">;

/** Body of an error response of `createProfile`, discriminated by `status`: 400, 401, 403, 404, 413, 415, 429, 500, 503. */
export type CreateProfileError = ErrorOf<"createProfile">;

/** Body of an error response of `updateProfilesBulk`, discriminated by `status`: 400, 401, 403, 404, 413, 415, 429, 500, 503. */
export type UpdateProfilesBulkError = ErrorOf<"updateProfilesBulk">;

/** Body of an error response of `listProfileImportsV2`, discriminated by `status`: 400, 401, 403, 404, 429, 500, 503. */
export type ListProfileImportsV2Error = ErrorOf<"listProfileImportsV2">;

/** Body of an error response of `createProfilesImportV2`, discriminated by `status`: 400, 401, 403, 404, 413, 415, 429, 500, 503. */
export type CreateProfilesImportV2Error = ErrorOf<"createProfilesImportV2">;

/**
 * Body of a successful response of `fetchProfileImportV2` (200).
 *
 * The import.
 */
export type FetchProfileImportV2Response = ResponseOf<"fetchProfileImportV2">;

/** Body of an error response of `fetchProfileImportV2`, discriminated by `status`: 400, 401, 403, 404, 429, 500, 503. */
export type FetchProfileImportV2Error = ErrorOf<"fetchProfileImportV2">;

/**
 * Body of a successful response of `fetchProfile` (200).
 *
 * The profile.
 */
export type FetchProfileResponse = ResponseOf<"fetchProfile">;

/** Body of an error response of `fetchProfile`, discriminated by `status`: 400, 401, 403, 404, 429, 500, 503. */
export type FetchProfileError = ErrorOf<"fetchProfile">;

/** Body of an error response of `patchProfileTraits`, discriminated by `status`: 400, 401, 403, 404, 413, 415, 429, 500, 503. */
export type PatchProfileTraitsError = ErrorOf<"patchProfileTraits">;

/** Body of an error response of `deleteProfile`, discriminated by `status`: 400, 401, 403, 404, 429, 500, 503. */
export type DeleteProfileError = ErrorOf<"deleteProfile">;

/**
 * Request body of `uploadImportFile`.
 *
 * The bytes of the file.
 */
export type UploadImportFileRequest = RequestOf<"uploadImportFile">;

/**
 * Body of a successful response of `uploadImportFile` (200).
 *
 * The file has arrived. The response has no body.
 */
export type UploadImportFileResponse = ResponseOf<"uploadImportFile">;

/** Body of an error response of `uploadImportFile`, discriminated by `status`: 400, 403, 404, 409, 411, 413, 415, 429, 500, 503. */
export type UploadImportFileError = ErrorOf<"uploadImportFile">;
