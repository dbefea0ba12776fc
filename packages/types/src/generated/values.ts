/**
 * Generated: do not edit. Regenerate with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 1.0.0, openapi.json with SHA-256 a2da0e46bab9ff4a546b14295500a43db429f8a563d4ad357474783ead8a640a,
 * by openapi-typescript 7.13.0.
 */
/** Base URL of the live service, without a trailing slash. */
export const baseUrl = "https://memory.twilio.com";

/** Each operation: its method and path, its parameters, its statuses, the required properties of its success, and whether it is repeatable. */
export const operations = {
  "listProfiles": {
    "id": "listProfiles",
    "method": "GET",
    "path": "/v1/Stores/{storeId}/Profiles",
    "pathParameters": {
      "storeId": "StoreId"
    },
    "queryParameters": {
      "pageSize": "PageSize",
      "pageToken": "PageToken",
      "orderBy": "OrderBy"
    },
    "mediaType": null,
    "statuses": [
      200,
      400,
      401,
      403,
      404,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "profiles",
      "meta"
    ],
    "authenticated": true,
    "repeatable": true
  },
  "createProfile": {
    "id": "createProfile",
    "method": "POST",
    "path": "/v1/Stores/{storeId}/Profiles",
    "pathParameters": {
      "storeId": "StoreId"
    },
    "queryParameters": {},
    "mediaType": "application/json",
    "statuses": [
      202,
      400,
      401,
      403,
      404,
      413,
      415,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "id",
      "message"
    ],
    "authenticated": true,
    "repeatable": true
  },
  "updateProfilesBulk": {
    "id": "updateProfilesBulk",
    "method": "PUT",
    "path": "/v1/Stores/{storeId}/Profiles/Bulk",
    "pathParameters": {
      "storeId": "StoreId"
    },
    "queryParameters": {},
    "mediaType": "application/json",
    "statuses": [
      202,
      400,
      401,
      403,
      404,
      413,
      415,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "message"
    ],
    "authenticated": true,
    "repeatable": true
  },
  "listProfileImportsV2": {
    "id": "listProfileImportsV2",
    "method": "GET",
    "path": "/v1/Stores/{storeId}/Profiles/Imports",
    "pathParameters": {
      "storeId": "StoreId"
    },
    "queryParameters": {},
    "mediaType": null,
    "statuses": [
      200,
      400,
      401,
      403,
      404,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "imports"
    ],
    "authenticated": true,
    "repeatable": true
  },
  "createProfilesImportV2": {
    "id": "createProfilesImportV2",
    "method": "POST",
    "path": "/v1/Stores/{storeId}/Profiles/Imports",
    "pathParameters": {
      "storeId": "StoreId"
    },
    "queryParameters": {},
    "mediaType": "application/json",
    "statuses": [
      201,
      400,
      401,
      403,
      404,
      413,
      415,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "importId",
      "url"
    ],
    "authenticated": true,
    "repeatable": false
  },
  "fetchProfileImportV2": {
    "id": "fetchProfileImportV2",
    "method": "GET",
    "path": "/v1/Stores/{storeId}/Profiles/Imports/{importId}",
    "pathParameters": {
      "storeId": "StoreId",
      "importId": "ImportId"
    },
    "queryParameters": {},
    "mediaType": null,
    "statuses": [
      200,
      400,
      401,
      403,
      404,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "status",
      "filename",
      "createdAt"
    ],
    "authenticated": true,
    "repeatable": true
  },
  "fetchProfile": {
    "id": "fetchProfile",
    "method": "GET",
    "path": "/v1/Stores/{storeId}/Profiles/{profileId}",
    "pathParameters": {
      "storeId": "StoreId",
      "profileId": "ProfileId"
    },
    "queryParameters": {
      "traitGroups": "TraitGroupList"
    },
    "mediaType": null,
    "statuses": [
      200,
      301,
      400,
      401,
      403,
      404,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "id",
      "createdAt",
      "traits"
    ],
    "authenticated": true,
    "repeatable": true
  },
  "patchProfileTraits": {
    "id": "patchProfileTraits",
    "method": "PATCH",
    "path": "/v1/Stores/{storeId}/Profiles/{profileId}",
    "pathParameters": {
      "storeId": "StoreId",
      "profileId": "ProfileId"
    },
    "queryParameters": {},
    "mediaType": "application/json",
    "statuses": [
      202,
      308,
      400,
      401,
      403,
      404,
      413,
      415,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "message"
    ],
    "authenticated": true,
    "repeatable": true
  },
  "deleteProfile": {
    "id": "deleteProfile",
    "method": "DELETE",
    "path": "/v1/Stores/{storeId}/Profiles/{profileId}",
    "pathParameters": {
      "storeId": "StoreId",
      "profileId": "ProfileId"
    },
    "queryParameters": {},
    "mediaType": null,
    "statuses": [
      202,
      308,
      400,
      401,
      403,
      404,
      429,
      500,
      503
    ],
    "requiredProperties": [
      "message"
    ],
    "authenticated": true,
    "repeatable": true
  },
  "uploadImportFile": {
    "id": "uploadImportFile",
    "method": "PUT",
    "path": "/uploads/{importId}",
    "pathParameters": {
      "importId": "ImportId"
    },
    "queryParameters": {
      "token": "UploadToken"
    },
    "mediaType": "text/csv",
    "statuses": [
      200,
      400,
      403,
      404,
      409,
      411,
      413,
      415,
      429,
      500,
      503
    ],
    "requiredProperties": [],
    "authenticated": false,
    "repeatable": true
  }
} as const;

/** The patterns by schema name. */
export const patterns = {
  "StoreId": /^mem_(store|service)_[0-7][0-9a-z]{25}$/u,
  "ProfileId": /^mem_profile_[0-7][0-9a-z]{25}$/u,
  "TraitGroupName": /^[a-zA-Z0-9_\-\.]+$/u,
  "ImportId": /^mem_import_[0-7][0-9a-z]{25}$/u,
} as const;

/** The enum values by schema name. */
export const enums = {
  "OrderBy": [
    "ASC",
    "DESC"
  ],
  "ImportStatus": [
    "PENDING",
    "PROCESSING",
    "COMPLETED",
    "FAILED"
  ]
} as const;
