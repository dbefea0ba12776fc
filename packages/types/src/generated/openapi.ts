/**
 * Generated: do not edit. Make it again with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 0.1.0, openapi.json with SHA-256 f6ba7745197675721b7a4a54b116f97715c9da73bdda22959c02702a561fa519,
 * by openapi-typescript 7.13.0.
 */
export interface components {
    schemas: {
        /**
         * Store ID
         * @description ID of a memory store.
         *
         *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
         * @example mem_store_00000000000000000000000000
         */
        StoreId: `mem_store_${string}` | `mem_service_${string}`;
        /**
         * Page size
         * @description How many IDs a page may hold.
         *
         *     Bounds: minimum `1`, maximum `1000`.
         * @default 50
         * @example 50
         */
        PageSize: number;
        /**
         * Page token
         * @description An opaque pointer to a page, valid for the store and the order that it was issued for.
         *
         *     Bounds: maxLength `500`.
         * @example eyJkIjoiREVTQyIsImEiOiIwMWtqcHg5Z2JzZjM0YTdkOGoyeThoamtxdiJ9
         */
        PageToken: string;
        /**
         * Order
         * @description Order by time of creation, oldest first (`ASC`) or newest first (`DESC`).
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
         * @description Where this page stands in the list. A token that is absent says that there is no such page.
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
             * @description Page size in effect, which may be below the one asked for.
             *
             *     Bounds: minimum `1`, maximum `1000`.
             * @example 50
             */
            pageSize: number;
            /**
             * @description Token of the page after this one.
             *
             *     Bounds: maxLength `500`.
             */
            nextToken?: components["schemas"]["PageToken"];
            /**
             * @description Token of the page before this one.
             *
             *     Bounds: maxLength `500`.
             */
            previousToken?: components["schemas"]["PageToken"];
        };
        /**
         * Page of profiles
         * @description One page of profile IDs.
         */
        ListProfilesResponse: {
            /**
             * @description IDs of live profiles. Merged and deleted ones are not among them.
             *
             *     Bounds: maxItems `100`.
             * @example [
             *       "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv"
             *     ]
             */
            profiles: components["schemas"]["ProfileId"][];
            /**
             * @description Where this page stands in the list. A token that is absent says that there is no such page.
             *
             *     Bounds: maxProperties `4`.
             */
            meta: components["schemas"]["PageMeta"];
        };
        /**
         * Error body
         * @description The body of every answer that is an error.
         */
        ErrorBody: {
            /**
             * @description What went wrong, finer than the status. Programs switch on this.
             *
             *     Bounds: minimum `100`, maximum `999999`.
             * @example 20404
             */
            code: number;
            /**
             * @description What went wrong and where, for people. It may change.
             *
             *     Bounds: maxLength `1024`.
             * @example No profile has this ID.
             */
            message: string;
            /**
             * Format: uri
             * @description Page about the code.
             *
             *     Bounds: maxLength `2048`.
             * @example https://www.twilio.com/docs/api/errors/20404
             */
            more_info: string;
            /**
             * @description The HTTP status, once more.
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
         * @description Name of a trait within its group.
         *
         *     Bounds: maxLength `64`.
         * @example firstName
         */
        TraitName: string;
        /**
         * Single trait value
         * @description One string, number or boolean.
         * @example Ada
         */
        TraitScalar: string | number | boolean;
        /**
         * Trait value
         * @description The value of a trait, or a flat list of values. The data type that the store declares for the trait narrows it further.
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
         * @description Traits of one group, by name.
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
         * @description Traits by group name. Only groups and traits that the store declares can be written.
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
         * @description The traits of one customer. At least one must be promoted to an identifier.
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
             * @description Traits by group name. Only groups and traits that the store declares can be written.
             *
             *     Bounds: maxProperties `50`.
             */
            traits?: components["schemas"]["Traits"];
        };
        /**
         * Resolved profile
         * @description Which profile the traits belong to.
         */
        CreateProfileResponse: {
            /**
             * @description ID of the canonical profile, new or found.
             *
             *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
             */
            id: components["schemas"]["ProfileId"];
            /**
             * @description A sentence for people.
             *
             *     Bounds: maxLength `255`.
             * @example Profile resolved and accepted for processing.
             */
            message: string;
        };
        /**
         * Batch of profiles
         * @description Up to 1000 customers. Leaving `profiles` out is refused with `400`.
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
             * @description The customers, applied in this order, so that a later item for the same person wins.
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
         * @description Says that the whole batch was accepted.
         */
        UpdateProfilesBulkResponse: {
            /**
             * @description A sentence for people.
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
         * @description The newest imports of the store.
         */
        ListProfileImportsV2Response: {
            /**
             * @description IDs of up to 100 imports, newest first.
             *
             *     Bounds: maxItems `100`.
             * @example [
             *       "mem_import_01kkbk0tfteqn89st3b7v4f5y8"
             *     ]
             */
            imports: components["schemas"]["ImportId"][];
            /**
             * @description The page. There is one only, of the newest 100; what there are more of is not listed.
             *
             *     Bounds: maxProperties `4`.
             */
            meta?: components["schemas"]["PageMeta"];
        };
        /**
         * File name
         * @description Name of a CSV file, kept for people to recognise it by.
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
         * @description Says which trait a column of the CSV file is written to.
         * @example {
         *       "columnName": "email_address",
         *       "traitGroup": "Contact",
         *       "traitName": "email"
         *     }
         */
        ColumnMapping: {
            /**
             * @description Name of the column, as in the header row of the file.
             *
             *     Bounds: maxLength `64`.
             * @example email_address
             */
            columnName: string;
            /**
             * @description Group of the trait.
             *
             *     Bounds: pattern `^[a-zA-Z0-9_\-\.]+$`, minLength `1`, maxLength `64`.
             */
            traitGroup: components["schemas"]["TraitGroupName"];
            /**
             * @description Name of the trait.
             *
             *     Bounds: maxLength `64`.
             */
            traitName: components["schemas"]["TraitName"];
        };
        /**
         * Column mappings
         * @description Which column of a CSV file goes to which trait. A column without a mapping is ignored.
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
         * @description The file that will be uploaded, and where its columns go.
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
             * @description Name of a CSV file, kept for people to recognise it by.
             *
             *     Bounds: maxLength `255`.
             */
            filename: components["schemas"]["Filename"];
            /**
             * @description Size of the file in bytes. The upload must have exactly this length.
             *
             *     Bounds: minimum `1`, maximum `104857600`.
             */
            fileSize: components["schemas"]["FileSize"];
            /**
             * @description Which column of a CSV file goes to which trait. A column without a mapping is ignored.
             *
             *     Bounds: minItems `2`, maxItems `100`.
             */
            columnMappings: components["schemas"]["ColumnMappings"];
        };
        /**
         * Created import
         * @description The import, waiting for its file.
         */
        CreateProfilesImportV2Response: {
            /**
             * @description ID of the import, to ask for its status.
             *
             *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`, maxLength `39`.
             */
            importId: components["schemas"]["ImportId"];
            /**
             * Format: uri
             * @description Pre-signed URL for one PUT of the file, valid for 1800 seconds. It is a secret until it is used.
             *
             *     Bounds: maxLength `2048`.
             * @example https://memory.twilio.com/uploads/mem_import_01kkbk0tfteqn89st3b7v4f5y8?token=1773138600.204800.Zk3vN0xY8sQm1TtRf5bWcLhJ2uGoPaEi7dKyXwV9n4M
             */
            url: string;
        };
        /**
         * Import status
         * @description State of an import: `PENDING` waits for the file, `PROCESSING` reads it, `COMPLETED` and `FAILED` are final.
         * @example COMPLETED
         * @enum {string}
         */
        ImportStatus: "PENDING" | "PROCESSING" | "COMPLETED" | "FAILED" | (string & {});
        /**
         * Import summary
         * @description How the rows of the file fared.
         * @example {
         *       "errors": 3,
         *       "warnings": 12
         *     }
         */
        ImportSummary: {
            /**
             * @description Rows that were not applied, such as rows without an identifier.
             *
             *     Bounds: minimum `0`, maximum `1000000`.
             * @example 3
             */
            errors?: number;
            /**
             * @description Rows that were applied in part, since a cell did not fit the data type of its trait.
             *
             *     Bounds: minimum `0`, maximum `1000000`.
             * @example 12
             */
            warnings?: number;
        };
        /**
         * Import
         * @description An import and how far it has come.
         */
        ProfileImport: {
            /** @description State of an import: `PENDING` waits for the file, `PROCESSING` reads it, `COMPLETED` and `FAILED` are final. */
            status: components["schemas"]["ImportStatus"];
            /**
             * @description Name of a CSV file, kept for people to recognise it by.
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
             * @description Which column of a CSV file goes to which trait. A column without a mapping is ignored.
             *
             *     Bounds: minItems `2`, maxItems `100`.
             */
            columnMappings?: components["schemas"]["ColumnMappings"];
            /** @description How the rows of the file fared. */
            summary?: components["schemas"]["ImportSummary"];
        };
        /**
         * List of trait groups
         * @description Names of trait groups with commas between them.
         *
         *     Bounds: minLength `1`, maxLength `256`.
         * @example Contact
         * @example Contact,Loyalty
         */
        TraitGroupList: string;
        /**
         * Profile
         * @description A customer, with the traits that are known.
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
             * @description Traits by group name. Only groups and traits that the store declares can be written.
             *
             *     Bounds: maxProperties `50`.
             */
            traits: components["schemas"]["Traits"];
        };
        /**
         * Redirect of a merged profile
         * @description Where the profile went when it was merged into another.
         */
        ProfileRedirect: {
            /**
             * @description A sentence for people.
             *
             *     Bounds: maxLength `255`.
             * @example The profile was merged into another one.
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
         * @description Says that the deletion was accepted.
         */
        DeleteProfileResponse: {
            /**
             * @description A sentence for people.
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
         * @description Changes to the traits of one group, by name. Traits that are not named stay as they are.
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
         * @description Changes by group name. Groups that are not named stay as they are.
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
         * @description The traits to change. Nothing to change is well formed, and changes nothing.
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
             * @description Changes by group name. Groups that are not named stay as they are.
             *
             *     Bounds: maxProperties `50`.
             */
            traits?: components["schemas"]["TraitsPatch"];
        };
        /**
         * Accepted patch
         * @description Says that the patch was accepted.
         */
        PatchProfileTraitsResponse: {
            /**
             * @description A sentence for people.
             *
             *     Bounds: maxLength `255`.
             * @example Trait modifications accepted for processing.
             */
            message: string;
        };
        /**
         * Upload token
         * @description Opaque proof of permission, signed over the method, the import, the expiry and the size.
         *
         *     Bounds: maxLength `512`.
         * @example 1773138600.204800.Zk3vN0xY8sQm1TtRf5bWcLhJ2uGoPaEi7dKyXwV9n4M
         */
        UploadToken: string;
        /**
         * CSV file
         * @description UTF-8 text (a byte order mark is accepted) after RFC 4180: a header row first, commas, lines that end in `\n` or `\r\n`.
         *     A line with nothing in it is no row.
         *
         *     Bounds: minLength `1`, maxLength `104857600`.
         * @example email_address,first_name
         *     ada.reyes@example.com,Ada
         */
        CsvFile: string;
    };
    responses: {
        /** @description A parameter is out of its bounds, or the page token is not one of this list. */
        ListProfilesBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Credentials are missing or wrong. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The credentials are good, but not for this store. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description There is no such store. */
        StoreNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description Too many requests in too short a time, of this account and class of operation or from this address. */
        TooManyRequests: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The service failed. Nothing tells whether a write was accepted, so repeat only what may be repeated. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The service is not available for the moment. Try again with growing pauses. */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The traits give no identifier, or break the schema or the rules of the store. */
        CreateProfileBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The body is larger than the limit of the operation. It was not read to its end. */
        ContentTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The body has another media type than the operation takes. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description An item was refused, or the batch is empty or too long. Nothing was applied. */
        UpdateProfilesBulkBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The store ID breaks its pattern. */
        ListProfileImportsV2BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The file is out of bounds, or the mappings do not fit the store. */
        CreateProfilesImportV2BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description An ID breaks its pattern. */
        FetchProfileImportV2BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description There is no such import, or no such store. */
        ImportNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The profile was merged into the one that the headers name. */
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
        /** @description A parameter breaks its pattern or its bounds. */
        FetchProfileBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description There is no such profile, or no such store. A deleted profile counts as none. */
        ProfileNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description An ID breaks its pattern. */
        DeleteProfileBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The traits break the schema or the rules of the store. */
        PatchProfileTraitsBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The body is shorter than announced, or the import ID in the URL breaks its pattern. The upload may be tried again. */
        UploadImportFileBadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The upload URL has expired, or its signature does not fit. */
        UploadForbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description There is no such import. */
        UploadNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The file of this import was already uploaded. */
        UploadConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The upload has no `Content-Length`. */
        LengthRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorBody"];
            };
        };
        /** @description The body is longer than announced. It was not read to its end, and the upload may be tried again. */
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
         * @description The memory store.
         *
         *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
         */
        StoreId: components["schemas"]["StoreId"];
        /**
         * @description How many IDs to return at most. A page never holds more than 100, even where up to 1000 are asked for.
         *
         *     Bounds: minimum `1`, maximum `1000`.
         * @default 50
         */
        PageSize: components["schemas"]["PageSize"];
        /**
         * @description `nextToken` or `previousToken` of another page of the same store and order. Leave it out for the first page.
         *
         *     Bounds: maxLength `500`.
         */
        PageToken: components["schemas"]["PageToken"];
        /**
         * @description Sort by time of creation, newest first unless asked otherwise. Keep it the same from page to page.
         * @default DESC
         */
        OrderBy: components["schemas"]["OrderBy"];
        /**
         * @description The import.
         *
         *     Bounds: pattern `^mem_import_[0-7][0-9a-z]{25}$`.
         */
        ImportId: components["schemas"]["ImportId"];
        /**
         * @description The profile. An ID that was merged into another profile is answered with a redirect.
         *
         *     Bounds: pattern `^mem_profile_[0-7][0-9a-z]{25}$`.
         */
        ProfileId: components["schemas"]["ProfileId"];
        /**
         * @description Return these trait groups alone. A group that the store does not have is left out of the answer. Without this parameter
         *     all groups are returned.
         *
         *     Bounds: minLength `1`, maxLength `256`.
         */
        TraitGroups: components["schemas"]["TraitGroupList"];
        /**
         * @description Permission to upload this one file, as the URL has it.
         *
         *     Bounds: maxLength `512`.
         */
        UploadToken: components["schemas"]["UploadToken"];
    };
    requestBodies: never;
    headers: {
        /** @description The scheme that is expected, HTTP Basic. */
        WwwAuthenticate: string;
        /** @description Whole seconds to wait before the next request. */
        RetryAfter: number;
        /** @description ID of the canonical profile. Use it from now on. */
        CanonicalProfileId: components["schemas"]["ProfileId"];
        /** @description Absolute URI of the canonical profile. Send credentials there only if the host is the one that you called. */
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
     * Returns the IDs of the profiles of a store, page by page, newest first unless `orderBy` says otherwise. Use it to browse
     * or to walk a whole store; read the traits of each profile with `fetchProfile`.
     *
     * Follow `meta.nextToken` until it is absent. Paging neither skips nor repeats a profile that existed when it began,
     * whatever is written meanwhile. Tokens are opaque and belong to one store and one order: any other token is a `400`.
     */
    listProfiles: {
        parameters: {
            query?: {
                /**
                 * @description How many IDs to return at most. A page never holds more than 100, even where up to 1000 are asked for.
                 *
                 *     Bounds: minimum `1`, maximum `1000`.
                 * @default 50
                 */
                pageSize?: components["parameters"]["PageSize"];
                /**
                 * @description `nextToken` or `previousToken` of another page of the same store and order. Leave it out for the first page.
                 *
                 *     Bounds: maxLength `500`.
                 */
                pageToken?: components["parameters"]["PageToken"];
                /**
                 * @description Sort by time of creation, newest first unless asked otherwise. Keep it the same from page to page.
                 * @default DESC
                 */
                orderBy?: components["parameters"]["OrderBy"];
            };
            header?: never;
            path: {
                /**
                 * @description The memory store.
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
     * Create a profile, or find it.
     *
     * Resolves identity and returns the ID of the profile that the traits belong to: a new one, the one that has an
     * identifier in common, or, if the identifiers belonged to several, the canonical one that they merge into.
     *
     * At least one trait must be promoted to an identifier and give a value, else the answer is `400`; so is `{}`. The ID is
     * settled when the answer arrives. The other traits are applied later, so a GET straight after may not show them yet.
     *
     * Two requests that carry the same identifier at the same instant end in one profile, and neither fails. To send the
     * same request again is therefore safe. A `null` is refused here: remove traits with `patchProfileTraits`.
     */
    createProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The memory store.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        /** @description Traits of one customer. */
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
     * Creates or updates up to 1000 profiles in one request. Each item resolves identity as `createProfile` does, in the
     * order of the array, so a later item for the same person wins.
     *
     * The batch is all or nothing: one bad item makes the answer a `400` that names its index, and nothing is applied. `{}`
     * is a `400`. No IDs are returned; to learn them, create the profiles one by one.
     */
    updateProfilesBulk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The memory store.
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
     * Returns the IDs of the newest 100 imports of a store, newest first. Ask `fetchProfileImportV2` for the state of each.
     */
    listProfileImportsV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The memory store.
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
     * Announces a CSV file and returns a pre-signed URL to upload it to. The import is `PENDING` until the file has come, and
     * becomes `FAILED` if the URL expires before that.
     *
     * Every mapping must lead to a trait that the store declares, no two to the same trait, and one at least to a trait that
     * is promoted to an identifier; anything else is a `400`. Columns without a mapping are ignored.
     *
     * Each call makes another import. Do not repeat a request of which you do not know what became: list the imports first.
     */
    createProfilesImportV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The memory store.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
            };
            cookie?: never;
        };
        /** @description The file, and where its columns go. */
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
     * Returns how far an import has come. Poll it with growing pauses until `status` is `COMPLETED` or `FAILED`.
     *
     * `summary` counts rows. A row without an identifier value, or with another number of cells than the header, is an error
     * and is not applied; a cell that does not fit the data type of its trait is a warning, and the rest of its row is
     * applied. With fewer than 100 errors the import is `COMPLETED`, with 100 or more `FAILED`; the good rows stay in both
     * cases.
     *
     * A header that lacks a mapped column, or has one twice, fails the import as a whole; so does a file of more than
     * 1,000,000 rows or 100 columns, a stray or unclosed quote, and a URL that expires before the file has come. Rows that
     * were applied before the fault was found stay.
     *
     * In the file, an empty cell sets the trait to the empty string and `\N` removes it. Anything else is read by the data
     * type of the trait.
     */
    fetchProfileImportV2: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The memory store.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description The import.
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
     * Returns a profile with its traits, or with those of some groups. Of a profile that was just created, what was accepted
     * may not show yet, or the answer may be `404` for a moment.
     *
     * An ID that was merged into another profile is answered with `301` and the ID to use from now on.
     */
    fetchProfile: {
        parameters: {
            query?: {
                /**
                 * @description Return these trait groups alone. A group that the store does not have is left out of the answer. Without this parameter
                 *     all groups are returned.
                 *
                 *     Bounds: minLength `1`, maxLength `256`.
                 */
                traitGroups?: components["parameters"]["TraitGroups"];
            };
            header?: never;
            path: {
                /**
                 * @description The memory store.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description The profile. An ID that was merged into another profile is answered with a redirect.
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
     * Deletes a profile with its traits and identifiers, for good. Once that is applied the ID answers `404`, to a second
     * deletion too, and the identifiers are free for a new profile. IDs that redirected here answer `404` as well. Copies
     * elsewhere may take longer to go.
     *
     * An ID that was merged into another profile is answered with `308`. Think before you follow it: the profile that
     * survived holds the traits of both.
     */
    deleteProfile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The memory store.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description The profile. An ID that was merged into another profile is answered with a redirect.
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
     * Adds, overwrites and removes traits of one profile. Traits that are not named stay as they are; `null` removes a trait,
     * and if it was promoted its identifier too. `{}` and an empty `traits` are accepted and change nothing.
     *
     * A new value of a promoted trait becomes an identifier beside the old one. If it belongs to another profile the two
     * merge, as in `createProfile`, and the earlier ID survives: the ID that was patched may redirect afterwards.
     *
     * An ID that was merged already is answered with `308`: send the same request to the ID given there.
     */
    patchProfileTraits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The memory store.
                 *
                 *     Bounds: pattern `^mem_(store|service)_[0-7][0-9a-z]{25}$`.
                 */
                storeId: components["parameters"]["StoreId"];
                /**
                 * @description The profile. An ID that was merged into another profile is answered with a redirect.
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
     * Takes the bytes of the CSV file, once. Send them to the `url` of the created import exactly as it was given: never build
     * that URL, and treat its path and query as opaque, since the live service signs URLs of its own object storage.
     *
     * Send no `Authorization`: the token in the URL is the permission. `Content-Length` must be there and be the announced
     * `fileSize`. A shorter body is a `400`, a longer one a `413`; after either the upload may be tried again. A URL that has
     * expired or was changed, its token left out included, is a `403`. After one upload has succeeded a second one is a
     * `409`, so a `409` to a repeated upload says that the file is there. Processing then starts by itself.
     */
    uploadImportFile: {
        parameters: {
            query: {
                /**
                 * @description Permission to upload this one file, as the URL has it.
                 *
                 *     Bounds: maxLength `512`.
                 */
                token: components["parameters"]["UploadToken"];
            };
            header?: never;
            path: {
                /**
                 * @description The import.
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
            /** @description The file has arrived. The answer has no body. */
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
