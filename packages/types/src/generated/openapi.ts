/**
 * Generated: do not edit. Regenerate with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 1.0.0, openapi.json with SHA-256 a2da0e46bab9ff4a546b14295500a43db429f8a563d4ad357474783ead8a640a,
 * by openapi-typescript 7.13.0.
 */
export interface paths {
    "/v1/Stores/{storeId}/Profiles": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        /**
         * List profiles
         * @description Returns the IDs of the profiles in a store, page by page, newest first by default. The list is meant for browsing
         *     recently created profiles and for lightweight lookups. Use `fetchProfile` to read the traits of a profile.
         *
         *     Follow `meta.nextToken` until it is absent. Paging neither skips nor repeats a profile that existed when paging
         *     began, regardless of what is written in the meantime. Merged and deleted IDs are not listed.
         */
        get: operations["listProfiles"];
        put?: never;
        /**
         * Create or find a profile
         * @description Resolves identity and returns the ID of the profile that the traits belong to: a new profile, the existing profile
         *     that shares an identifier, or the canonical profile if the identifiers belonged to several profiles.
         *
         *     At least one trait must be promoted to an identifier and yield a value. Otherwise, the request returns `400`. An empty
         *     body (`{}`) returns `400`, too. The ID is final when the response arrives. The service applies the other traits later, so a GET right
         *     after the request may not return them yet.
         *
         *     Two simultaneous requests with the same identifier result in one profile, and neither fails. It is therefore safe to
         *     repeat a request.
         *
         *     **Decided here:** A `null` value returns `400`. Use `patchProfileTraits` to remove a trait.
         */
        post: operations["createProfile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/Stores/{storeId}/Profiles/Bulk": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Upsert profiles in bulk
         * @description Creates or updates up to 1000 profiles in one request. Each item resolves identity as in `createProfile`. If a profile
         *     already exists, its traits are merged: new traits are added, and existing traits are overwritten.
         *
         *     `202` means that the batch is accepted. A large batch takes time to process; watch downstream telemetry or audit logs
         *     to confirm that it is complete. The response contains no IDs. Use `createProfile` if you need them.
         *
         *     **Decided here:**
         *
         *     - The batch is all or nothing: one invalid item returns `400`, the message names the index of the item, and nothing
         *       is applied.
         *     - Items apply in array order, so a later item for the same person wins.
         *     - `{}` and a `null` value of a trait return `400`.
         */
        put: operations["updateProfilesBulk"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/Stores/{storeId}/Profiles/Imports": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        /**
         * List imports
         * @description Returns the IDs of the imports of a store. Use `fetchProfileImportV2` to read the status of an import.
         *
         *     **Decided here:** The response contains the newest 100 imports, newest first. Paging may be added later.
         */
        get: operations["listProfileImportsV2"];
        put?: never;
        /**
         * Create an import
         * @description Creates an import and returns a pre-signed URL. Upload the file to this URL in a single PUT, then poll
         *     `fetchProfileImportV2`. The import is `PENDING` until the file arrives. Columns without a mapping are ignored.
         *
         *     Each request creates another import, so do not repeat a request whose outcome is unknown: list the imports first.
         *
         *     **Decided here:**
         *
         *     - Every mapping must target a trait that the store declares, no two mappings may target the same trait, and at least
         *       one must target a trait that is promoted to an identifier. Otherwise, the request returns `400`.
         *     - An import whose URL expires before the file arrives becomes `FAILED`.
         */
        post: operations["createProfilesImportV2"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/Stores/{storeId}/Profiles/Imports/{importId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description ID of the import.
                 *
                 *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`.
                 */
                importId: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        /**
         * Fetch the status of an import
         * @description Returns the current status of an import. Poll this operation with increasing delays until `status` is `COMPLETED` or `FAILED`.
         *
         *     In the file, an empty cell sets the trait to the empty string, and `\N` removes the trait. Any other cell is read
         *     according to the data type of the trait.
         *
         *     **Decided here:**
         *
         *     - `summary` counts rows. A row without an identifier value, or with another number of cells than the header, is an
         *       error and is not applied. A cell that does not match the data type of its trait is a warning; the rest of its row is
         *       applied.
         *     - An import with fewer than 100 errors becomes `COMPLETED`, and an import with 100 or more becomes `FAILED`. Valid
         *       rows are kept in both cases.
         *     - The import fails as a whole if the header lacks a mapped column or contains it twice (other headers may repeat), if
         *       the file exceeds its limits or is not UTF-8, or if a quote is misplaced or not closed. Rows that were
         *       applied before the fault was found are kept.
         */
        get: operations["fetchProfileImportV2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/Stores/{storeId}/Profiles/{profileId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description ID of the profile. The ID of a profile that was merged into another redirects to the canonical profile.
                 *
                 *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
                 */
                profileId: components["parameters"]["ProfileId"];
            };
            cookie?: never;
        };
        /**
         * Fetch a profile
         * @description Returns a profile with its traits, or only with the trait groups that `traitGroups` names. Right after a write, the
         *     response may still show the previous state, or `404` for a new profile.
         *
         *     A profile that was merged into another returns `301` with the ID to use from now on.
         */
        get: operations["fetchProfile"];
        put?: never;
        post?: never;
        /**
         * Delete a profile
         * @description Asynchronously and permanently deletes a profile with all its identifiers and traits. This cannot be undone. Downstream
         *     caches and analytical stores may take time to reflect the deletion. If regulatory or recovery requirements apply,
         *     consider a soft-delete strategy instead.
         *
         *     A profile that was merged into another returns `308`, and nothing is deleted. Follow the redirect only if you want to
         *     delete the canonical profile, which holds the traits of both.
         *
         *     **Decided here:** After the deletion is applied, every request for the profile returns `404`, including a second DELETE.
         *     The identifiers are free for a new profile.
         */
        delete: operations["deleteProfile"];
        options?: never;
        head?: never;
        /**
         * Patch the traits of a profile
         * @description Adds, overwrites and removes traits of one profile. Traits that the request does not name remain unchanged; `null`
         *     removes a trait. Only trait groups and traits that the store declares can be patched.
         *
         *     A profile that was merged into another returns `308`. Send the same request to the ID in `Canonical-Profile-Id`.
         *
         *     **Decided here:**
         *
         *     - If a promoted trait is removed, its identifier value is removed too.
         *     - If a new identifier value belongs to another profile, the two profiles merge, as in `createProfile`. The profile
         *       that was created first survives, so the patched ID may redirect afterwards.
         *     - `{}` and empty `traits` return `202` and change nothing.
         */
        patch: operations["patchProfileTraits"];
        trace?: never;
    };
    "/uploads/{importId}": {
        parameters: {
            query: {
                /**
                 * @description The `token` in the URL of the created import.
                 *
                 *     **Decided here:** The parameter exists only in URLs of the server of this project. If it is missing, too long or occurs
                 *     more than once, the service responds with status 403, as for a wrong signature.
                 *
                 *     Bounds: maxLength `512`.
                 */
                token: components["parameters"]["UploadToken"];
            };
            header?: never;
            path: {
                /**
                 * @description ID of the import.
                 *
                 *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`.
                 */
                importId: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Upload the file of an import
         * @description Uploads the CSV file in a single request. Send the bytes to the `url` of the created import exactly as it was returned.
         *     Do not build this URL, and treat its path and query as opaque: the live service returns pre-signed URLs of its object
         *     storage. The vendor documents only the single PUT.
         *
         *     **Decided here:** This path exists only on the server of this project, with these rules:
         *
         *     - Send no `Authorization`: the token in the URL grants access. A missing or invalid token, also one that is too long or
         *       occurs more than once, or a URL that has expired, returns `403`, even if the URL expired while the bytes were in
         *       transit.
         *     - `Content-Length` must be the `fileSize` of the import. A request without it returns `411`, a shorter body `400`, and
         *       a longer one `413`. The client may then repeat the upload.
         *     - After an upload has succeeded, another one returns `409`. Processing starts on its own.
         */
        put: operations["uploadImportFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /**
         * Store ID
         * @description ID of a memory store. It is not personal data.
         *
         *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
         * @example mem_store_00000000000000000000000000
         */
        StoreId: `mem_store_${string}` | `mem_service_${string}`;
        /**
         * Page size
         * @description Maximum number of IDs on a page.
         *
         *     Bounds: minimum `1`, maximum `1000`.
         * @default 50
         * @example 50
         */
        PageSize: number;
        /**
         * Page token
         * @description Opaque pointer to a page of a list.
         *
         *     Bounds: maxLength `500`.
         * @example eyJkIjoiREVTQyIsImEiOiIwMWtqcHg5Z2JzZjM0YTdkOGoyeThoamtxdiJ9
         */
        PageToken: string;
        /**
         * Order
         * @description Order by creation time, oldest first (`ASC`) or newest first (`DESC`).
         * @default DESC
         * @example ASC
         * @enum {string}
         */
        OrderBy: "ASC" | "DESC";
        /**
         * Profile ID
         * @description ID of a profile.
         *
         *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
         * @example mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv
         * @example mem_profile_00000000000000000000000000
         */
        ProfileId: `mem_profile_${string}`;
        /**
         * Page metadata
         * @description The position of a page in the list. An absent token means that there is no such page.
         *
         *     Bounds: maxProperties `4`.
         * @example {
         *       "key": "profiles",
         *       "pageSize": 50
         *     }
         */
        PageMeta: {
            /**
             * @description Name of the property that holds the list.
             *
             *     Bounds: maxLength `64`.
             * @example profiles
             */
            key: string;
            /**
             * @description Effective page size, which may be smaller than the requested one.
             *
             *     Bounds: minimum `1`, maximum `1000`.
             * @example 50
             */
            pageSize: number;
            /**
             * @description Token of the next page.
             *
             *     Bounds: maxLength `500`.
             */
            nextToken?: components["schemas"]["PageToken"];
            /**
             * @description Token of the previous page.
             *
             *     Bounds: maxLength `500`.
             */
            previousToken?: components["schemas"]["PageToken"];
        };
        /**
         * Page of profiles
         * @description One page of profile IDs. The vendor marks every property as optional, although the live service always sends
         *     `profiles` and `meta`.
         *
         *     **Decided here:** `profiles` and `meta` are required.
         */
        ListProfilesResponse: {
            /**
             * @description IDs of profiles. Merged and deleted IDs are not listed.
             *
             *     Bounds: maxItems `100`.
             * @example [
             *       "mem_profile_00000000000000000000000000",
             *       "mem_profile_00000000000000000000000001",
             *       "mem_profile_00000000000000000000000002",
             *       "mem_profile_00000000000000000000000003",
             *       "mem_profile_00000000000000000000000004",
             *       "mem_profile_00000000000000000000000005",
             *       "mem_profile_00000000000000000000000006",
             *       "mem_profile_00000000000000000000000007",
             *       "mem_profile_00000000000000000000000008",
             *       "mem_profile_00000000000000000000000009"
             *     ]
             */
            profiles: components["schemas"]["ProfileId"][];
            /**
             * @description The position of a page in the list. An absent token means that there is no such page.
             *
             *     Bounds: maxProperties `4`.
             */
            meta: components["schemas"]["PageMeta"];
        };
        /**
         * Error body
         * @description The body of every error response.
         */
        ErrorBody: {
            /**
             * @description Error code, more specific than the status. Switch on this value.
             *
             *     Bounds: minimum `100`, maximum `999999`.
             * @example 20404
             */
            code: number;
            /**
             * @description Human-readable explanation that names what was wrong and where. The wording may change.
             *
             *     Bounds: maxLength `1024`.
             * @example No profile has this ID.
             */
            message: string;
            /**
             * Format: uri
             * @description URL of the documentation of the code.
             *
             *     Bounds: maxLength `2048`.
             * @example https://www.twilio.com/docs/api/errors/20404
             */
            more_info: string;
            /**
             * @description The HTTP status of the response.
             *
             *     Bounds: minimum `400`, maximum `599`.
             * @example 404
             */
            status: number;
        };
        /**
         * Trait group name
         * @description Name of a trait group that the store declares.
         *
         *     Bounds: pattern `^[a-zA-Z0-9_\-\.]+$`, minLength `1`, maxLength `64`.
         * @example Contact
         */
        TraitGroupName: string;
        /**
         * Trait name
         * @description Name of a trait in its group.
         *
         *     Bounds: maxLength `64`.
         * @example firstName
         */
        TraitName: string;
        /**
         * Single trait value
         * @description A single string, number or boolean.
         *
         *     Bounds: maxLength `1024`.
         * @example Ada
         */
        TraitScalar: string | number | boolean;
        /**
         * Trait value
         * @description The value of a trait: a string, number or boolean, or a flat list of these. The store declares the data type of each trait.
         *
         *     Bounds: maxLength `1024`, maxItems `100`.
         * @example Ada
         * @example 42
         * @example [
         *       "hiking",
         *       "chess"
         *     ]
         */
        TraitValue: string | number | boolean | components["schemas"]["TraitScalar"][];
        /**
         * Trait group
         * @description Traits of one group by trait name.
         *
         *     Bounds: maxProperties `95`.
         * @example {
         *       "email": "ada.reyes@example.com",
         *       "firstName": "Ada"
         *     }
         */
        TraitGroup: {
            [key: string]: components["schemas"]["TraitValue"];
        };
        /**
         * Traits
         * @description Traits by group name.
         *
         *     Bounds: maxProperties `50`.
         * @example {
         *       "Contact": {
         *         "email": "Alyssa.Mock@example.com",
         *         "phone": "+13175551234",
         *         "lastName": "Mock",
         *         "firstName": "Alyssa",
         *         "street": "123 Main St",
         *         "city": "San Francisco",
         *         "state": "CA",
         *         "postalCode": "94107",
         *         "country": "US"
         *       }
         *     }
         */
        Traits: {
            [key: string]: components["schemas"]["TraitGroup"];
        };
        /**
         * Profile to resolve
         * @description The traits of one customer. At least one trait must be promoted to an identifier.
         * @example {
         *       "traits": {
         *         "Contact": {
         *           "email": "ada.reyes@example.com"
         *         }
         *       }
         *     }
         */
        CreateProfileRequest: {
            /**
             * @description Traits by group name.
             *
             *     Bounds: maxProperties `50`.
             */
            traits?: components["schemas"]["Traits"];
        };
        /**
         * Resolved profile
         * @description The profile that the traits belong to. The vendor marks every property as optional, although the live service always
         *     sends `id` and `message`.
         *
         *     **Decided here:** `id` and `message` are required.
         */
        CreateProfileResponse: {
            /**
             * @description ID of the canonical profile, new or existing.
             *
             *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
             */
            id: components["schemas"]["ProfileId"];
            /**
             * @description Human-readable confirmation.
             *
             *     Bounds: maxLength `255`.
             * @example Profile resolved and accepted for processing.
             */
            message: string;
        };
        /**
         * Batch of profiles
         * @description Up to 1000 customers.
         * @example {
         *       "profiles": [
         *         {
         *           "traits": {
         *             "Contact": {
         *               "email": "ada.reyes@example.com"
         *             }
         *           }
         *         }
         *       ]
         *     }
         */
        UpdateProfilesBulkRequest: {
            /**
             * @description The customers, in the order in which they apply.
             *
             *     Bounds: minItems `1`, maxItems `1000`.
             * @example [
             *       {
             *         "traits": {
             *           "Contact": {
             *             "email": "ada.reyes@example.com"
             *           }
             *         }
             *       }
             *     ]
             */
            profiles?: components["schemas"]["CreateProfileRequest"][];
        };
        /**
         * Accepted batch
         * @description Confirms that the whole batch was accepted. The vendor marks every property as optional, although the live service
         *     always sends `message`.
         *
         *     **Decided here:** `message` is required.
         */
        UpdateProfilesBulkResponse: {
            /**
             * @description Human-readable confirmation.
             *
             *     Bounds: maxLength `255`.
             * @example Profile batch accepted for processing.
             */
            message: string;
        };
        /**
         * Import ID
         * @description ID of an import.
         *
         *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`.
         * @example mem_import_00000000000000000000000000
         * @example mem_import_01kkbk0tfteqn89st3b7v4f5y8
         */
        ImportId: `mem_import_${string}`;
        /**
         * List of imports
         * @description The newest imports of the store. The vendor marks every property as optional, although the live service always sends
         *     `imports`.
         *
         *     **Decided here:** `imports` is required. `meta` is optional and describes the only page.
         */
        ListProfileImportsV2Response: {
            /**
             * @description IDs of imports.
             *
             *     Bounds: maxItems `100`.
             * @example [
             *       "mem_import_01kkbk0tfteqn89st3b7v4f5y8"
             *     ]
             */
            imports: components["schemas"]["ImportId"][];
            /**
             * @description The only page.
             *
             *     Bounds: maxProperties `4`.
             */
            meta?: components["schemas"]["PageMeta"];
        };
        /**
         * File name
         * @description Name of the CSV file.
         *
         *     Bounds: maxLength `255`.
         * @example profiles_import.csv
         * @example spring-campaign.csv
         */
        Filename: string;
        /**
         * File size
         * @description Size of a file in bytes, from 1 byte to 100 MiB.
         *
         *     Bounds: minimum `1`, maximum `104857600`.
         * @example 204800
         */
        FileSize: number;
        /**
         * Column mapping
         * @description Maps a column of the CSV file to a trait.
         * @example {
         *       "columnName": "email_address",
         *       "traitGroup": "Contact",
         *       "traitName": "email"
         *     }
         */
        ColumnMapping: {
            /**
             * @description Name of the column in the header row of the file.
             *
             *     Bounds: maxLength `64`.
             * @example email_address
             */
            columnName: string;
            /**
             * @description Trait group of the target.
             *
             *     Bounds: pattern `^[a-zA-Z0-9_\-\.]+$`, minLength `1`, maxLength `64`.
             */
            traitGroup: components["schemas"]["TraitGroupName"];
            /**
             * @description Trait name of the target.
             *
             *     Bounds: maxLength `64`.
             */
            traitName: components["schemas"]["TraitName"];
        };
        /**
         * Column mappings
         * @description Mappings of CSV columns to traits. Columns without a mapping are ignored.
         *
         *     Bounds: minItems `2`, maxItems `100`.
         * @example [
         *       {
         *         "columnName": "email_address",
         *         "traitGroup": "Contact",
         *         "traitName": "email"
         *       },
         *       {
         *         "columnName": "first_name",
         *         "traitGroup": "Contact",
         *         "traitName": "firstName"
         *       }
         *     ]
         */
        ColumnMappings: components["schemas"]["ColumnMapping"][];
        /**
         * Import to create
         * @description The file to be uploaded and the traits that its columns map to.
         * @example {
         *       "filename": "spring-campaign.csv",
         *       "fileSize": 204800,
         *       "columnMappings": [
         *         {
         *           "columnName": "email_address",
         *           "traitGroup": "Contact",
         *           "traitName": "email"
         *         },
         *         {
         *           "columnName": "first_name",
         *           "traitGroup": "Contact",
         *           "traitName": "firstName"
         *         }
         *       ]
         *     }
         */
        CreateProfilesImportV2Request: {
            /**
             * @description Name of the file that the pre-signed URL is generated for.
             *
             *     Bounds: maxLength `255`.
             */
            filename: components["schemas"]["Filename"];
            /**
             * @description Size of the file in bytes.
             *
             *     Bounds: minimum `1`, maximum `104857600`.
             */
            fileSize: components["schemas"]["FileSize"];
            /**
             * @description Mappings of CSV columns to traits. Columns without a mapping are ignored.
             *
             *     Bounds: minItems `2`, maxItems `100`.
             */
            columnMappings: components["schemas"]["ColumnMappings"];
        };
        /**
         * Created import
         * @description The created import and the URL for its file. The vendor marks every property as optional, although the live service
         *     always sends `importId` and `url`.
         *
         *     **Decided here:** `importId` and `url` are required. The URL is valid for 1800 seconds.
         */
        CreateProfilesImportV2Response: {
            /**
             * @description ID of the import. Use it to fetch the status.
             *
             *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`, maxLength `39`.
             */
            importId: components["schemas"]["ImportId"];
            /**
             * Format: uri
             * @description Pre-signed URL for a single PUT of the file. Treat it as a secret until the file is uploaded.
             *
             *     Bounds: maxLength `2048`.
             * @example https://unified-profiles-csv-upload-stage-us-east-1.s3.amazonaws.com/object.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=vjbyNxybdZaMmLa%2ByT372YEAiv4%3D&Expires=1741978496
             * @example http://127.0.0.1:4010/uploads/mem_import_01kkbk0tfteqn89st3b7v4f5y8?token=1773138600.204800.Zk3vN0xY8sQm1TtRf5bWcLhJ2uGoPaEi7dKyXwV9n4M
             */
            url: string;
        };
        /**
         * Import status
         * @description Status of an import: `PENDING` until the file arrives, `PROCESSING` while it is read, then `COMPLETED` or `FAILED`.
         * @example COMPLETED
         * @enum {string}
         */
        ImportStatus: string;
        /**
         * Import summary
         * @description Summary statistics of an import.
         * @example {
         *       "errors": 3,
         *       "warnings": 12
         *     }
         */
        ImportSummary: {
            /**
             * @description Number of rows with errors.
             *
             *     Bounds: minimum `0`, maximum `1000000`.
             * @example 3
             */
            errors?: number;
            /**
             * @description Number of rows with warnings.
             *
             *     Bounds: minimum `0`, maximum `1000000`.
             * @example 12
             */
            warnings?: number;
        };
        /**
         * Import
         * @description An import and its progress. The vendor marks every property as optional, although the live service always sends
         *     `status`, `filename` and `createdAt`.
         *
         *     **Decided here:** `status`, `filename` and `createdAt` are required.
         */
        ProfileImport: {
            /** @description Status of an import: `PENDING` until the file arrives, `PROCESSING` while it is read, then `COMPLETED` or `FAILED`. */
            status: components["schemas"]["ImportStatus"];
            /**
             * @description Name of the CSV file.
             *
             *     Bounds: maxLength `255`.
             */
            filename: components["schemas"]["Filename"];
            /**
             * Format: date-time
             * @description When the import was created, in UTC.
             * @example 2025-11-14T20:29:21Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the import last changed, in UTC.
             * @example 2025-11-14T20:30:15Z
             */
            updatedAt?: string;
            /**
             * @description Size of a file in bytes, from 1 byte to 100 MiB.
             *
             *     Bounds: minimum `1`, maximum `104857600`.
             */
            fileSize?: components["schemas"]["FileSize"];
            /**
             * @description Mappings of CSV columns to traits. Columns without a mapping are ignored.
             *
             *     Bounds: minItems `2`, maxItems `100`.
             */
            columnMappings?: components["schemas"]["ColumnMappings"];
            /** @description Summary statistics of an import. */
            summary?: components["schemas"]["ImportSummary"];
        };
        /**
         * List of trait groups
         * @description Comma-separated names of trait groups.
         *
         *     Bounds: minLength `1`, maxLength `256`.
         * @example Contact
         * @example Contact,Loyalty
         */
        TraitGroupList: string;
        /**
         * Profile
         * @description A customer profile with its traits. The vendor marks every property as optional, although the live service always
         *     sends `id`, `createdAt` and `traits`.
         *
         *     **Decided here:** `id`, `createdAt` and `traits` are required.
         */
        Profile: {
            /**
             * @description ID of the canonical profile.
             *
             *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
             */
            id: components["schemas"]["ProfileId"];
            /**
             * Format: date-time
             * @description When the profile was created, in UTC.
             * @example 2025-01-01T12:00:00Z
             */
            createdAt: string;
            /**
             * @description Traits by group name.
             *
             *     Bounds: maxProperties `50`.
             */
            traits: components["schemas"]["Traits"];
        };
        /**
         * Redirect of a merged profile
         * @description The canonical profile that a merged profile redirects to.
         */
        ProfileRedirect: {
            /**
             * @description Human-readable explanation.
             *
             *     Bounds: maxLength `255`.
             * @example The profile was merged into another profile.
             */
            message: string;
            /**
             * Format: uri
             * @description Absolute URI of the canonical profile.
             *
             *     Bounds: maxLength `2048`.
             * @example https://memory.twilio.com/v1/Stores/mem_store_00000000000000000000000000/Profiles/mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv
             */
            uri: string;
        };
        /**
         * Accepted deletion
         * @description Confirms that the deletion was accepted. The vendor marks every property as optional, although the live service always
         *     sends `message`.
         *
         *     **Decided here:** `message` is required.
         */
        DeleteProfileResponse: {
            /**
             * @description Human-readable confirmation.
             *
             *     Bounds: maxLength `512`.
             * @example Profile accepted for deletion.
             */
            message: string;
        };
        /**
         * Trait value in a patch
         * @description A value to write, or `null` to remove the trait.
         * @example +14155550123
         * @example null
         */
        TraitPatchValue: components["schemas"]["TraitValue"] | null;
        /**
         * Trait group in a patch
         * @description Changes to the traits of one group by trait name. Traits that are not named remain unchanged.
         *
         *     Bounds: maxProperties `95`.
         * @example {
         *       "city": "Oakland",
         *       "phone": null
         *     }
         */
        TraitGroupPatch: {
            [key: string]: components["schemas"]["TraitPatchValue"];
        };
        /**
         * Changes of traits
         * @description Changes by group name. Groups that are not named remain unchanged.
         *
         *     Bounds: maxProperties `50`.
         * @example {
         *       "Contact": {
         *         "city": "Oakland",
         *         "phone": null
         *       }
         *     }
         */
        TraitsPatch: {
            [key: string]: components["schemas"]["TraitGroupPatch"];
        };
        /**
         * Patch of a profile
         * @description The traits to change.
         * @example {
         *       "traits": {
         *         "Contact": {
         *           "city": "Oakland"
         *         }
         *       }
         *     }
         */
        PatchProfileTraitsRequest: {
            /**
             * @description Changes by group name. Groups that are not named remain unchanged.
             *
             *     Bounds: maxProperties `50`.
             */
            traits?: components["schemas"]["TraitsPatch"];
        };
        /**
         * Accepted patch
         * @description Confirms that the patch was accepted. The vendor marks every property as optional, although the live service always
         *     sends `message`.
         *
         *     **Decided here:** `message` is required.
         */
        PatchProfileTraitsResponse: {
            /**
             * @description Human-readable confirmation.
             *
             *     Bounds: maxLength `255`.
             * @example Trait modifications accepted for processing.
             */
            message: string;
        };
        /**
         * Upload token
         * @description Opaque token that grants access to one upload.
         *
         *     **Decided here:** The token is signed over the method, store, import, expiry, size and media type of the upload.
         *
         *     Bounds: maxLength `512`.
         * @example 1773138600.204800.Zk3vN0xY8sQm1TtRf5bWcLhJ2uGoPaEi7dKyXwV9n4M
         */
        UploadToken: string;
        /**
         * CSV file
         * @description UTF-8 text in the format of RFC 4180: a header row first, commas as separators, and lines that end in `\n` or `\r\n`. A
         *     byte order mark is accepted.
         *
         *     **Decided here:** An empty line is not a row.
         *
         *     Bounds: minLength `1`, maxLength `104857600`.
         * @example email_address,first_name
         *     ada.reyes@example.com,Ada
         */
        CsvFile: string;
    };
    responses: {
        /** @description A parameter is out of bounds, or the page token does not belong to this list. */
        ListProfilesBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The credentials are missing or wrong. The response does not show whether the user name or the secret is wrong. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The credentials are valid but have no access to this store. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The store does not exist. */
        StoreNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Too many requests. Wait for the number of seconds in `Retry-After`. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The service failed. It is unknown whether a write was accepted, so repeat only repeatable operations (`x-repeatable`). */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The service is temporarily unavailable. Retry with increasing delays.
         *
         *     **Decided here:** The response may carry `Retry-After`.
         */
        ServiceUnavailable: {
            headers: {
                "Retry-After": components["headers"]["OptionalRetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The traits yield no identifier, or do not match the schema or the rules of the store. */
        CreateProfileBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The body is larger than the limit of the operation. The service did not read all of it.
         *
         *     **Decided here:** The service responds with status 413 and code 20413 in this case.
         */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The operation does not support the media type or the content coding of the body.
         *
         *     **Decided here:** The service responds with status 415 and code 20415 in this case.
         */
        UnsupportedMediaType: {
            headers: {
                "Accept-Encoding": components["headers"]["AcceptEncoding"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description An item is invalid, or the batch is empty or too long. */
        UpdateProfilesBulkBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The store ID does not match its pattern. */
        ListProfileImportsV2BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The file size is out of bounds, or the mappings do not match the store. */
        CreateProfilesImportV2BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description An ID does not match its pattern. */
        FetchProfileImportV2BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The import or the store does not exist. */
        ImportNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The profile was merged into another profile. The headers contain its ID and URI. */
        ProfileMoved: {
            headers: {
                Location: components["headers"]["Location"];
                "Canonical-Profile-Id": components["headers"]["MovedProfileId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ProfileRedirect"];
            };
        };
        /** @description A parameter does not match its pattern or is out of bounds. */
        FetchProfileBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The profile or the store does not exist, or the profile was deleted. */
        ProfileNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description An ID does not match its pattern. */
        DeleteProfileBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The traits do not match the schema or the rules of the store. */
        PatchProfileTraitsBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The body is shorter than `fileSize`, or the import ID in the URL does not match its pattern. The client may repeat the
         *     upload.
         *
         *     **Decided here:** The service responds with status 400 and code 400 in this case.
         */
        UploadImportFileBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The upload URL has expired, or its signature does not match: the token is wrong, missing, too long, or occurs more than
         *     once.
         *
         *     **Decided here:** The service responds with status 403 and code 403 in this case.
         */
        UploadForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The import does not exist.
         *
         *     **Decided here:** The service responds with status 404 and code 20404 in this case.
         */
        UploadNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The file of this import was already uploaded.
         *
         *     **Decided here:** The service responds with status 409 and code 20409 in this case.
         */
        UploadConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The upload has no `Content-Length`.
         *
         *     **Decided here:** The service responds with status 411 and code 20411 in this case.
         */
        LengthRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /**
         * @description The body is longer than `fileSize`. The service did not read all of it, and the client may repeat the upload.
         *
         *     **Decided here:** The service responds with status 413 and code 20413 in this case.
         */
        UploadTooLong: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
    };
    parameters: {
        /**
         * @description ID of the memory store. It is not personal data.
         *
         *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
         */
        StoreId: components["schemas"]["StoreId"];
        /**
         * @description Maximum number of IDs to return. The vendor documents a maximum of 1000 here, and of 100 IDs in a response.
         *
         *     **Decided here:** A page contains at most 100 IDs, even if `pageSize` is larger.
         *
         *     Bounds: minimum `1`, maximum `1000`.
         * @default 50
         */
        PageSize: components["schemas"]["PageSize"];
        /**
         * @description `nextToken` or `previousToken` of another page. Omit it for the first page.
         *
         *     **Decided here:** A token that the service did not issue, or that belongs to another store or order, returns `400`.
         *
         *     Bounds: maxLength `500`.
         */
        PageToken: components["schemas"]["PageToken"];
        /**
         * @description Order by creation time, newest first by default. Use the same order for all pages.
         * @default DESC
         */
        OrderBy: components["schemas"]["OrderBy"];
        /**
         * @description ID of the import.
         *
         *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`.
         */
        ImportId: components["schemas"]["ImportId"];
        /**
         * @description ID of the profile. The ID of a profile that was merged into another redirects to the canonical profile.
         *
         *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
         */
        ProfileId: components["schemas"]["ProfileId"];
        /**
         * @description Comma-separated names of the trait groups to return. By default, all groups are returned.
         *
         *     **Decided here:** A group that the store does not have is omitted from the response.
         *
         *     Bounds: minLength `1`, maxLength `256`.
         */
        TraitGroups: components["schemas"]["TraitGroupList"];
        /**
         * @description The `token` in the URL of the created import.
         *
         *     **Decided here:** The parameter exists only in URLs of the server of this project. If it is missing, too long or occurs
         *     more than once, the service responds with status 403, as for a wrong signature.
         *
         *     Bounds: maxLength `512`.
         */
        UploadToken: components["schemas"]["UploadToken"];
    };
    requestBodies: never;
    headers: {
        /** @description The expected scheme, HTTP Basic. */
        WwwAuthenticate: string;
        /** @description Number of whole seconds to wait before the next request. */
        RetryAfter: number;
        /** @description Number of whole seconds to wait before the next request, if the service knows it. */
        OptionalRetryAfter: number;
        /** @description The supported content coding. The header is present only if the response is about the content coding of the body. */
        AcceptEncoding: string;
        /** @description ID of the canonical profile. A response may contain it even if the profile was not merged. */
        CanonicalProfileId: components["schemas"]["ProfileId"];
        /** @description Absolute URI of the canonical profile. Send credentials only if its origin is the origin that you called. */
        Location: string;
        /** @description ID of the profile that this one was merged into. Use it from now on. */
        MovedProfileId: components["schemas"]["ProfileId"];
    };
    pathItems: never;
}
export interface operations {
    /**
     * List profiles.
     *
     * Returns the IDs of the profiles in a store, page by page, newest first by default. The list is meant for browsing
     * recently created profiles and for lightweight lookups. Use `fetchProfile` to read the traits of a profile.
     *
     * Follow `meta.nextToken` until it is absent. Paging neither skips nor repeats a profile that existed when paging
     * began, regardless of what is written in the meantime. Merged and deleted IDs are not listed.
     */
    listProfiles: {
        parameters: {
            query?: {
                /**
                 * @description Maximum number of IDs to return. The vendor documents a maximum of 1000 here, and of 100 IDs in a response.
                 *
                 *     **Decided here:** A page contains at most 100 IDs, even if `pageSize` is larger.
                 *
                 *     Bounds: minimum `1`, maximum `1000`.
                 * @default 50
                 */
                pageSize?: components["parameters"]["PageSize"];
                /**
                 * @description `nextToken` or `previousToken` of another page. Omit it for the first page.
                 *
                 *     **Decided here:** A token that the service did not issue, or that belongs to another store or order, returns `400`.
                 *
                 *     Bounds: maxLength `500`.
                 */
                pageToken?: components["parameters"]["PageToken"];
                /**
                 * @description Order by creation time, newest first by default. Use the same order for all pages.
                 * @default DESC
                 */
                orderBy?: components["parameters"]["OrderBy"];
            };
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of profile IDs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListProfilesResponse"];
                };
            };
            400: components["responses"]["ListProfilesBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["StoreNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * Create or find a profile.
     *
     * Resolves identity and returns the ID of the profile that the traits belong to: a new profile, the existing profile
     * that shares an identifier, or the canonical profile if the identifiers belonged to several profiles.
     *
     * At least one trait must be promoted to an identifier and yield a value. Otherwise, the request returns `400`. An empty
     * body (`{}`) returns `400`, too. The ID is final when the response arrives. The service applies the other traits later, so a GET right
     * after the request may not return them yet.
     *
     * Two simultaneous requests with the same identifier result in one profile, and neither fails. It is therefore safe to
     * repeat a request.
     *
     * **Decided here:** A `null` value returns `400`. Use `patchProfileTraits` to remove a trait.
     */
    createProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        /** @description The traits of one customer. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProfileRequest"];
            };
        };
        responses: {
            /** @description Identity is resolved, and the traits are accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateProfileResponse"];
                };
            };
            400: components["responses"]["CreateProfileBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["StoreNotFound"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * Upsert profiles in bulk.
     *
     * Creates or updates up to 1000 profiles in one request. Each item resolves identity as in `createProfile`. If a profile
     * already exists, its traits are merged: new traits are added, and existing traits are overwritten.
     *
     * `202` means that the batch is accepted. A large batch takes time to process; watch downstream telemetry or audit logs
     * to confirm that it is complete. The response contains no IDs. Use `createProfile` if you need them.
     *
     * **Decided here:**
     *
     * - The batch is all or nothing: one invalid item returns `400`, the message names the index of the item, and nothing
     *   is applied.
     * - Items apply in array order, so a later item for the same person wins.
     * - `{}` and a `null` value of a trait return `400`.
     */
    updateProfilesBulk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        /** @description The customers to create or update. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProfilesBulkRequest"];
            };
        };
        responses: {
            /** @description The batch is accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UpdateProfilesBulkResponse"];
                };
            };
            400: components["responses"]["UpdateProfilesBulkBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["StoreNotFound"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * List imports.
     *
     * Returns the IDs of the imports of a store. Use `fetchProfileImportV2` to read the status of an import.
     *
     * **Decided here:** The response contains the newest 100 imports, newest first. Paging may be added later.
     */
    listProfileImportsV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description IDs of imports. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListProfileImportsV2Response"];
                };
            };
            400: components["responses"]["ListProfileImportsV2BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["StoreNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * Create an import.
     *
     * Creates an import and returns a pre-signed URL. Upload the file to this URL in a single PUT, then poll
     * `fetchProfileImportV2`. The import is `PENDING` until the file arrives. Columns without a mapping are ignored.
     *
     * Each request creates another import, so do not repeat a request whose outcome is unknown: list the imports first.
     *
     * **Decided here:**
     *
     * - Every mapping must target a trait that the store declares, no two mappings may target the same trait, and at least
     *   one must target a trait that is promoted to an identifier. Otherwise, the request returns `400`.
     * - An import whose URL expires before the file arrives becomes `FAILED`.
     */
    createProfilesImportV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        /** @description The file and the traits that its columns map to. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateProfilesImportV2Request"];
            };
        };
        responses: {
            /** @description The import is created and waits for its file. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreateProfilesImportV2Response"];
                };
            };
            400: components["responses"]["CreateProfilesImportV2BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["StoreNotFound"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * Fetch the status of an import.
     *
     * Returns the current status of an import. Poll this operation with increasing delays until `status` is `COMPLETED` or `FAILED`.
     *
     * In the file, an empty cell sets the trait to the empty string, and `\N` removes the trait. Any other cell is read
     * according to the data type of the trait.
     *
     * **Decided here:**
     *
     * - `summary` counts rows. A row without an identifier value, or with another number of cells than the header, is an
     *   error and is not applied. A cell that does not match the data type of its trait is a warning; the rest of its row is
     *   applied.
     * - An import with fewer than 100 errors becomes `COMPLETED`, and an import with 100 or more becomes `FAILED`. Valid
     *   rows are kept in both cases.
     * - The import fails as a whole if the header lacks a mapped column or contains it twice (other headers may repeat), if
     *   the file exceeds its limits or is not UTF-8, or if a quote is misplaced or not closed. Rows that were
     *   applied before the fault was found are kept.
     */
    fetchProfileImportV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description ID of the import.
                 *
                 *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`.
                 */
                importId: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The import. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProfileImport"];
                };
            };
            400: components["responses"]["FetchProfileImportV2BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ImportNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * Fetch a profile.
     *
     * Returns a profile with its traits, or only with the trait groups that `traitGroups` names. Right after a write, the
     * response may still show the previous state, or `404` for a new profile.
     *
     * A profile that was merged into another returns `301` with the ID to use from now on.
     */
    fetchProfile: {
        parameters: {
            query?: {
                /**
                 * @description Comma-separated names of the trait groups to return. By default, all groups are returned.
                 *
                 *     **Decided here:** A group that the store does not have is omitted from the response.
                 *
                 *     Bounds: minLength `1`, maxLength `256`.
                 */
                traitGroups?: components["parameters"]["TraitGroups"];
            };
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description ID of the profile. The ID of a profile that was merged into another redirects to the canonical profile.
                 *
                 *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
                 */
                profileId: components["parameters"]["ProfileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The profile. */
            200: {
                headers: {
                    "Canonical-Profile-Id": components["headers"]["CanonicalProfileId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
            301: components["responses"]["ProfileMoved"];
            400: components["responses"]["FetchProfileBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProfileNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * Delete a profile.
     *
     * Asynchronously and permanently deletes a profile with all its identifiers and traits. This cannot be undone. Downstream
     * caches and analytical stores may take time to reflect the deletion. If regulatory or recovery requirements apply,
     * consider a soft-delete strategy instead.
     *
     * A profile that was merged into another returns `308`, and nothing is deleted. Follow the redirect only if you want to
     * delete the canonical profile, which holds the traits of both.
     *
     * **Decided here:** After the deletion is applied, every request for the profile returns `404`, including a second DELETE.
     * The identifiers are free for a new profile.
     */
    deleteProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description ID of the profile. The ID of a profile that was merged into another redirects to the canonical profile.
                 *
                 *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
                 */
                profileId: components["parameters"]["ProfileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deletion is accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeleteProfileResponse"];
                };
            };
            308: components["responses"]["ProfileMoved"];
            400: components["responses"]["DeleteProfileBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProfileNotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * Patch the traits of a profile.
     *
     * Adds, overwrites and removes traits of one profile. Traits that the request does not name remain unchanged; `null`
     * removes a trait. Only trait groups and traits that the store declares can be patched.
     *
     * A profile that was merged into another returns `308`. Send the same request to the ID in `Canonical-Profile-Id`.
     *
     * **Decided here:**
     *
     * - If a promoted trait is removed, its identifier value is removed too.
     * - If a new identifier value belongs to another profile, the two profiles merge, as in `createProfile`. The profile
     *   that was created first survives, so the patched ID may redirect afterwards.
     * - `{}` and empty `traits` return `202` and change nothing.
     */
    patchProfileTraits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description ID of the memory store. It is not personal data.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description ID of the profile. The ID of a profile that was merged into another redirects to the canonical profile.
                 *
                 *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
                 */
                profileId: components["parameters"]["ProfileId"];
            };
            cookie?: never;
        };
        /** @description The traits to change. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchProfileTraitsRequest"];
            };
        };
        responses: {
            /** @description The patch is accepted. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PatchProfileTraitsResponse"];
                };
            };
            308: components["responses"]["ProfileMoved"];
            400: components["responses"]["PatchProfileTraitsBadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["ProfileNotFound"];
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    /**
     * Upload the file of an import.
     *
     * Uploads the CSV file in a single request. Send the bytes to the `url` of the created import exactly as it was returned.
     * Do not build this URL, and treat its path and query as opaque: the live service returns pre-signed URLs of its object
     * storage. The vendor documents only the single PUT.
     *
     * **Decided here:** This path exists only on the server of this project, with these rules:
     *
     * - Send no `Authorization`: the token in the URL grants access. A missing or invalid token, also one that is too long or
     *   occurs more than once, or a URL that has expired, returns `403`, even if the URL expired while the bytes were in
     *   transit.
     * - `Content-Length` must be the `fileSize` of the import. A request without it returns `411`, a shorter body `400`, and
     *   a longer one `413`. The client may then repeat the upload.
     * - After an upload has succeeded, another one returns `409`. Processing starts on its own.
     */
    uploadImportFile: {
        parameters: {
            query: {
                /**
                 * @description The `token` in the URL of the created import.
                 *
                 *     **Decided here:** The parameter exists only in URLs of the server of this project. If it is missing, too long or occurs
                 *     more than once, the service responds with status 403, as for a wrong signature.
                 *
                 *     Bounds: maxLength `512`.
                 */
                token: components["parameters"]["UploadToken"];
            };
            header?: never;
            path: {
                /**
                 * @description ID of the import.
                 *
                 *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`.
                 */
                importId: components["parameters"]["ImportId"];
            };
            cookie?: never;
        };
        /** @description The bytes of the file. */
        requestBody: {
            content: {
                "text/csv": components["schemas"]["CsvFile"];
            };
        };
        responses: {
            /** @description The file has arrived. The response has no body. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["UploadImportFileBadRequest"];
            403: components["responses"]["UploadForbidden"];
            404: components["responses"]["UploadNotFound"];
            409: components["responses"]["UploadConflict"];
            411: components["responses"]["LengthRequired"];
            413: components["responses"]["UploadTooLong"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
