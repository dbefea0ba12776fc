/**
 * Generated: do not edit. Regenerate with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 1.0.0, openapi.json with SHA-256 a2da0e46bab9ff4a546b14295500a43db429f8a563d4ad357474783ead8a640a,
 * by openapi-typescript 7.13.0.
 */
export const PageSize = {
  "minimum": 1,
  "maximum": 1000,
  "default": 50
} as const;

export const PageToken = {
  "maxLength": 500
} as const;

export const OrderBy = {
  "default": "DESC"
} as const;

export const PageMeta = {
  "maxProperties": 4,
  "key": {
    "maxLength": 64
  },
  "pageSize": {
    "minimum": 1,
    "maximum": 1000
  }
} as const;

export const ListProfilesResponse = {
  "profiles": {
    "maxItems": 100
  }
} as const;

export const ErrorBody = {
  "code": {
    "minimum": 100,
    "maximum": 999999
  },
  "message": {
    "maxLength": 1024
  },
  "more_info": {
    "maxLength": 2048
  },
  "status": {
    "minimum": 400,
    "maximum": 599
  }
} as const;

export const TraitGroupName = {
  "minLength": 1,
  "maxLength": 64
} as const;

export const TraitName = {
  "maxLength": 64
} as const;

export const TraitScalar = {
  "maxLength": 1024
} as const;

export const TraitValue = {
  "maxLength": 1024,
  "maxItems": 100
} as const;

export const TraitGroup = {
  "maxProperties": 95
} as const;

export const Traits = {
  "maxProperties": 50
} as const;

export const CreateProfileResponse = {
  "message": {
    "maxLength": 255
  }
} as const;

export const UpdateProfilesBulkRequest = {
  "profiles": {
    "minItems": 1,
    "maxItems": 1000
  }
} as const;

export const UpdateProfilesBulkResponse = {
  "message": {
    "maxLength": 255
  }
} as const;

export const ListProfileImportsV2Response = {
  "imports": {
    "maxItems": 100
  }
} as const;

export const Filename = {
  "maxLength": 255
} as const;

export const FileSize = {
  "minimum": 1,
  "maximum": 104857600
} as const;

export const ColumnMapping = {
  "columnName": {
    "maxLength": 64
  }
} as const;

export const ColumnMappings = {
  "minItems": 2,
  "maxItems": 100
} as const;

export const CreateProfilesImportV2Response = {
  "url": {
    "maxLength": 2048
  }
} as const;

export const ImportSummary = {
  "errors": {
    "minimum": 0,
    "maximum": 1000000
  },
  "warnings": {
    "minimum": 0,
    "maximum": 1000000
  }
} as const;

export const TraitGroupList = {
  "minLength": 1,
  "maxLength": 256
} as const;

export const ProfileRedirect = {
  "message": {
    "maxLength": 255
  },
  "uri": {
    "maxLength": 2048
  }
} as const;

export const DeleteProfileResponse = {
  "message": {
    "maxLength": 512
  }
} as const;

export const TraitGroupPatch = {
  "maxProperties": 95
} as const;

export const TraitsPatch = {
  "maxProperties": 50
} as const;

export const PatchProfileTraitsResponse = {
  "message": {
    "maxLength": 255
  }
} as const;

export const UploadToken = {
  "maxLength": 512
} as const;

export const CsvFile = {
  "minLength": 1,
  "maxLength": 104857600
} as const;
