import type { ProxiedRequest } from "../messages.ts";
import { errorResponse } from "../messages.ts";
import {
  ALL_OPERATIONS,
  accepting,
  altered,
  groupsOf,
  JSON_WRITES,
  type PlantedBug,
  rejecting,
  successOf,
  traitValuesOf,
  type When,
} from "../planted-bug.ts";

const WRITES = ["createProfile", "patchProfileTraits", "updateProfilesBulk"] as const;
const UPSERTS = ["createProfile", "updateProfilesBulk"] as const;
const body = (request: ProxiedRequest) => Object(request.json);
const mappings = (request: ProxiedRequest): unknown[] =>
  Array.isArray(body(request).columnMappings) ? body(request).columnMappings : [];
const items = (request: ProxiedRequest): unknown[] =>
  Array.isArray(body(request).profiles) ? body(request).profiles : [];
const hasOther = (object: unknown, names: readonly string[]) =>
  Object.keys(Object(object)).some((name) => !names.includes(name));
/** The length of a string in code points, as JSON Schema counts. */
const lengthOf = (value: unknown) => (typeof value === "string" ? [...value].length : 0);
const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
const targetOf = (mapping: unknown) => `${Object(mapping).traitGroup}.${Object(mapping).traitName}`;
const pageSize = ({ query }: ProxiedRequest) => query.get("pageSize") ?? "";
const hasExtraProperty: When = (request) =>
  isObject(request.json) &&
  (request.operation === "updateProfilesBulk"
    ? hasOther(request.json, ["profiles"])
    : hasOther(request.json, ["traits"]));

/** The phases that may find a bug, if they are not those of most bugs here. */
const FOUND_BY: Readonly<Record<string, PlantedBug["foundBy"]>> = {
  "invalid-json-accepted": ["protocol"],
  "media-type-parameter-rejected": ["protocol"],
  "longest-trait-groups-rejected": ["parameters"],
  "smallest-page-rejected": ["paging"],
};

/** A bound or a rule of the contract that is not enforced: name, description, operations, and the requests that are accepted. */
type Loose = readonly [
  name: string,
  breaks: string,
  in_: PlantedBug["in"] & readonly (typeof ALL_OPERATIONS)[number][],
  when: When,
];

const LOOSE: readonly Loose[] = [
  [
    "extra-property-accepted",
    "An unknown property of the body of a create is accepted.",
    ["createProfile"],
    hasExtraProperty,
  ],
  [
    "extra-property-accepted-in-patch",
    "An unknown property of the body of a patch is accepted.",
    ["patchProfileTraits"],
    hasExtraProperty,
  ],
  [
    "extra-property-accepted-in-batch-item",
    "An unknown property of an item of a batch is accepted.",
    ["updateProfilesBulk"],
    (request) => items(request).some((item) => isObject(item) && hasOther(item, ["traits"])),
  ],
  [
    "extra-property-accepted-in-mapping",
    "An unknown property of a column mapping is accepted.",
    ["createProfilesImportV2"],
    (request) =>
      mappings(request).some((each) => isObject(each) && hasOther(each, ["columnName", "traitGroup", "traitName"])),
  ],
  [
    "long-value-accepted",
    "A trait value longer than maxLength is accepted.",
    WRITES,
    (request) => traitValuesOf(request).some((value) => typeof value === "string" && value.length > 1024),
  ],
  [
    "long-array-accepted",
    "A trait value with more than maxItems items is accepted.",
    WRITES,
    (request) => traitValuesOf(request).some((value) => Array.isArray(value) && value.length > 100),
  ],
  [
    "long-item-accepted",
    "An item of an array that is longer than maxLength is accepted.",
    WRITES,
    (request) => traitValuesOf(request).some((value) => Array.isArray(value) && value.some((item) => lengthOf(item) > 1024)),
  ],
  [
    "nested-array-accepted",
    "An array in an array of a trait value is accepted.",
    WRITES,
    (request) => traitValuesOf(request).some((value) => Array.isArray(value) && value.some(Array.isArray)),
  ],
  [
    "object-value-accepted",
    "An object as trait value is accepted.",
    WRITES,
    (request) => traitValuesOf(request).some(isObject),
  ],
  [
    "number-for-string-accepted",
    "A number is accepted as the value of a STRING trait.",
    WRITES,
    (request) => traitValuesOf(request).some((value) => typeof value === "number"),
  ],
  [
    "unsafe-integer-accepted",
    "An integer beyond the safe integers is accepted as an identifier.",
    UPSERTS,
    (request) =>
      traitValuesOf(request).some((value) => typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER),
  ],
  [
    "null-accepted-in-create",
    "A null in a create is accepted.",
    ["createProfile"],
    (request) => traitValuesOf(request).includes(null),
  ],
  [
    "null-accepted-in-batch",
    "A null in an item of a batch is accepted.",
    ["updateProfilesBulk"],
    (request) => traitValuesOf(request).includes(null),
  ],
  [
    "many-groups-accepted",
    "More than maxProperties trait groups are accepted.",
    WRITES,
    (request) => Object.keys(Object(body(request).traits)).length > 50,
  ],
  [
    "many-traits-accepted",
    "More than maxProperties traits of a group are accepted.",
    WRITES,
    (request) => groupsOf(request).some((group) => Object.keys(Object(group)).length > 95),
  ],
  [
    "group-name-pattern-ignored",
    "A trait group whose name breaks the pattern is accepted.",
    WRITES,
    (request) => Object.keys(Object(body(request).traits)).some((name) => !/^[a-zA-Z0-9_\-.]+$/.test(name)),
  ],
  [
    "unknown-group-accepted",
    "A trait group that the store does not declare is accepted.",
    WRITES,
    (request) =>
      Object.keys(Object(body(request).traits)).some(
        (name) => /^[a-zA-Z0-9_\-.]{1,64}$/.test(name) && name !== "Contact",
      ),
  ],
  [
    "unknown-trait-accepted",
    "A trait that the store does not declare is accepted.",
    ["createProfile", "patchProfileTraits"],
    (request) =>
      Object.keys(request.contact).some(
        (name) =>
          !/^(firstName|lastName|email|phone|street|city|state|postalCode|country|preferredLanguage)$/.test(name),
      ),
  ],
  [
    "array-traits-accepted",
    "An array instead of the object of traits is accepted.",
    WRITES,
    (request) => Array.isArray(body(request).traits),
  ],
  [
    "null-body-accepted",
    "A body of null is accepted as an empty object.",
    ["patchProfileTraits"],
    ({ json }) => json === null,
  ],
  [
    "empty-create-accepted",
    "A create without traits is accepted.",
    ["createProfile"],
    (request) => isObject(request.json) && groupsOf(request).length === 0,
  ],
  [
    "create-without-identifier-accepted",
    "A create without an identifier is accepted.",
    ["createProfile"],
    ({ contact }) => Object.keys(contact).length > 0 && !("email" in contact) && !("phone" in contact),
  ],
  [
    "batch-of-none-accepted",
    "An empty batch is accepted.",
    ["updateProfilesBulk"],
    (request) => Array.isArray(body(request).profiles) && items(request).length === 0,
  ],
  [
    "batch-without-profiles-accepted",
    "A batch without profiles is accepted.",
    ["updateProfilesBulk"],
    (request) => isObject(request.json) && body(request).profiles === undefined,
  ],
  [
    "batch-of-1001-accepted",
    "A batch of more than maxItems profiles is accepted.",
    ["updateProfilesBulk"],
    (request) => items(request).length > 1000,
  ],
  [
    "page-size-0-accepted",
    "A pageSize below the minimum is accepted.",
    ["listProfiles"],
    (request) => Number(pageSize(request)) < 1,
  ],
  [
    "page-size-1001-accepted",
    "A pageSize above the maximum is accepted.",
    ["listProfiles"],
    (request) => Number(pageSize(request)) > 1000,
  ],
  [
    "page-size-text-accepted",
    "A pageSize that is not an integer is accepted.",
    ["listProfiles"],
    (request) => !/^-?\d*$/.test(pageSize(request)),
  ],
  [
    "order-by-case-ignored",
    "The values of orderBy are accepted in any case.",
    ["listProfiles"],
    ({ query }) => /^(asc|desc)$/i.test(query.get("orderBy") ?? ""),
  ],
  [
    "order-by-anything-accepted",
    "Any value of orderBy is accepted.",
    ["listProfiles"],
    ({ query }) => query.has("orderBy") && !/^(asc|desc)$/i.test(query.get("orderBy") ?? ""),
  ],
  [
    "long-page-token-accepted",
    "A pageToken longer than maxLength is accepted.",
    ["listProfiles"],
    ({ query }) => (query.get("pageToken")?.length ?? 0) > 500,
  ],
  [
    "empty-trait-groups-accepted",
    "An empty traitGroups is accepted.",
    ["fetchProfile"],
    ({ query }) => query.get("traitGroups") === "",
  ],
  [
    "long-trait-groups-accepted",
    "A traitGroups longer than maxLength is accepted.",
    ["fetchProfile"],
    ({ query }) => (query.get("traitGroups")?.length ?? 0) > 256,
  ],
  [
    "file-size-0-accepted",
    "A fileSize of 0 is accepted.",
    ["createProfilesImportV2"],
    (request) => body(request).fileSize === 0,
  ],
  [
    "file-size-unlimited",
    "A fileSize above the maximum is accepted.",
    ["createProfilesImportV2"],
    (request) => body(request).fileSize > 104_857_600,
  ],
  [
    "file-size-text-accepted",
    "A fileSize that is a string is accepted.",
    ["createProfilesImportV2"],
    (request) => typeof body(request).fileSize === "string",
  ],
  [
    "file-size-optional",
    "An import without fileSize is accepted.",
    ["createProfilesImportV2"],
    (request) => isObject(request.json) && body(request).fileSize === undefined,
  ],
  [
    "filename-optional",
    "An import without filename is accepted.",
    ["createProfilesImportV2"],
    (request) => isObject(request.json) && body(request).filename === undefined,
  ],
  [
    "long-filename-accepted",
    "A filename longer than maxLength is accepted.",
    ["createProfilesImportV2"],
    (request) => String(body(request).filename).length > 255,
  ],
  [
    "one-mapping-accepted",
    "Fewer than minItems column mappings are accepted.",
    ["createProfilesImportV2"],
    (request) => mappings(request).length === 1,
  ],
  [
    "mappings-unlimited",
    "More than maxItems column mappings are accepted.",
    ["createProfilesImportV2"],
    (request) => mappings(request).length > 100,
  ],
  [
    "mapping-repeated-accepted",
    "Two column mappings to one trait are accepted.",
    ["createProfilesImportV2"],
    (request) =>
      mappings(request).length <= 100 && new Set(mappings(request).map(targetOf)).size < mappings(request).length,
  ],
  [
    "mapping-without-identifier-accepted",
    "Column mappings without a promoted trait are accepted.",
    ["createProfilesImportV2"],
    (request) =>
      mappings(request).length > 1 &&
      !mappings(request).some((each) => /^Contact\.(email|phone)$/.test(targetOf(each))),
  ],
  [
    "mapping-to-undeclared-accepted",
    "A column mapping to a trait that the store does not declare is accepted.",
    ["createProfilesImportV2"],
    (request) =>
      mappings(request).length > 1 &&
      mappings(request).some(
        (each) =>
          /^[\w.-]+$/.test(targetOf(each)) &&
          !/^Contact\.(firstName|lastName|email|phone|street|city|state|postalCode|country|preferredLanguage)$/.test(
            targetOf(each),
          ),
      ),
  ],
  [
    "long-column-name-accepted",
    "A columnName longer than maxLength is accepted.",
    ["createProfilesImportV2"],
    (request) => mappings(request).some((each) => String(Object(each).columnName).length > 64),
  ],
  [
    "invalid-json-accepted",
    "A body that is not valid JSON is read as an empty object.",
    ["patchProfileTraits"],
    ({ json }) => json === undefined,
  ],
];

const isPlainText: When = (request) => !/^application\/json/i.test(request.header("content-type") ?? "");
const isCoded: When = (request) => /gzip|br|deflate/i.test(request.header("content-encoding") ?? "");

/** Invalid requests that are accepted. */
export const LOOSE_BUGS: readonly PlantedBug[] = [
  ...LOOSE.map(
    ([name, breaks, ids, when]): PlantedBug => ({
      name,
      breaks,
      in: ids,
      foundBy: FOUND_BY[name] ?? ["requests"],
      fault: accepting(ids, when),
    }),
  ),
  {
    name: "media-type-ignored",
    breaks: "A JSON body with another media type is accepted.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      return response.status === 415 && isPlainText(request) && !isCoded(request)
        ? forward(request.withHeader("Content-Type", "application/json"))
        : response;
    },
  },
  {
    name: "content-coding-ignored",
    breaks: "The content coding of a body is ignored.",
    in: [...JSON_WRITES],
    foundBy: ["protocol"],
    fault: accepting(JSON_WRITES, isCoded, 415),
  },
  {
    name: "body-limit-missing",
    breaks: "A body over the limit of its operation is accepted.",
    in: ["createProfile"],
    foundBy: ["protocol"],
    fault: accepting(["createProfile"], () => true, 413),
  },
  {
    name: "malformed-profile-id-404",
    breaks: "A malformed profile ID returns 404 instead of 400.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["authentication", "requests"],
    fault: altered(["fetchProfile", "patchProfileTraits", "deleteProfile"], 400, (response, { path }) =>
      /^mem_profile_[0-7][0-9a-z]{25}$/.test(path["profileId"] ?? "") ? response : errorResponse(404, 20404),
    ),
  },
  {
    name: "malformed-import-id-404",
    breaks: "A malformed import ID returns 404 instead of 400.",
    in: ["fetchProfileImportV2"],
    foundBy: ["authentication", "requests"],
    fault: altered(["fetchProfileImportV2"], 400, () => errorResponse(404, 20404)),
  },
  {
    name: "malformed-store-id-404",
    breaks: "A malformed store ID returns 404 instead of 400.",
    in: [...ALL_OPERATIONS],
    foundBy: ["authentication", "requests"],
    fault: altered("any", 400, (response) =>
      Object(response.json).code === 520049 ? errorResponse(404, 520041) : response,
    ),
  },
  {
    name: "profile-id-case-ignored",
    breaks: "A profile ID in upper case is another spelling of the ID.",
    in: ["fetchProfile"],
    foundBy: ["authentication", "requests"],
    fault: altered(["fetchProfile"], 400, (response, request) => {
      const id = request.path["profileId"] ?? "";
      return id !== id.toLowerCase() && /^mem_profile_[0-7][0-9a-z]{25}$/i.test(id) ? successOf(request) : response;
    }),
  },
  {
    name: "store-id-prefix-ignored",
    breaks: "A store ID with another prefix is read as a store ID.",
    in: ["listProfiles"],
    foundBy: ["authentication", "requests"],
    fault: altered(["listProfiles"], 400, (response, request) =>
      /^mem_(?!(store|service)_)[a-z]+_[0-7][0-9a-z]{25}$/.test(request.path["storeId"] ?? "")
        ? successOf(request)
        : response,
    ),
  },
];

const STRICT: readonly Loose[] = [
  [
    "longest-value-rejected",
    "A trait value of exactly maxLength is rejected.",
    WRITES,
    (request) => traitValuesOf(request).some((value) => lengthOf(value) === 1024),
  ],
  [
    "largest-page-rejected",
    "The maximum pageSize is rejected.",
    ["listProfiles"],
    (request) => pageSize(request) === "1000",
  ],
  [
    "smallest-page-rejected",
    "The minimum pageSize is rejected.",
    ["listProfiles"],
    (request) => pageSize(request) === "1",
  ],
  [
    "largest-batch-rejected",
    "A batch of exactly maxItems is rejected.",
    ["updateProfilesBulk"],
    (request) => items(request).length === 1000,
  ],
  [
    "largest-file-rejected",
    "The maximum fileSize is rejected.",
    ["createProfilesImportV2"],
    (request) => body(request).fileSize === 104_857_600,
  ],
  [
    "smallest-file-rejected",
    "The minimum fileSize is rejected.",
    ["createProfilesImportV2"],
    (request) => body(request).fileSize === 1,
  ],
  [
    "two-mappings-rejected",
    "Exactly minItems column mappings are rejected.",
    ["createProfilesImportV2"],
    (request) => mappings(request).length === 2,
  ],
  [
    "longest-column-name-rejected",
    "A columnName of exactly maxLength is rejected.",
    ["createProfilesImportV2"],
    (request) => mappings(request).some((each) => lengthOf(Object(each).columnName) === 64),
  ],
  [
    "longest-filename-rejected",
    "A filename of exactly maxLength is rejected.",
    ["createProfilesImportV2"],
    (request) => lengthOf(body(request).filename) === 255,
  ],
  [
    "longest-trait-groups-rejected",
    "A traitGroups of exactly maxLength is rejected.",
    ["fetchProfile"],
    ({ query }) => lengthOf(query.get("traitGroups")) === 256,
  ],
  [
    "non-ascii-rejected",
    "Characters outside ASCII are rejected.",
    WRITES,
    (request) => traitValuesOf(request).some((value) => typeof value === "string" && /[^\0-\x7f]/.test(value)),
  ],
  [
    "empty-value-rejected",
    "An empty string as trait value is rejected.",
    WRITES,
    (request) => traitValuesOf(request).includes(""),
  ],
  [
    "empty-patch-rejected",
    "A patch without traits is rejected.",
    ["patchProfileTraits"],
    (request) => groupsOf(request).flatMap((group) => Object.keys(Object(group))).length === 0,
  ],
  [
    "unreadable-phone-rejected",
    "A phone number that yields no identifier is rejected.",
    ["createProfile"],
    ({ contact }) => typeof contact["phone"] === "string" && contact["phone"].replaceAll(/\D/g, "").length < 7,
  ],
  [
    "media-type-parameter-rejected",
    "A parameter of the media type, such as a charset, is rejected.",
    JSON_WRITES,
    (request) => /;/.test(request.header("content-type") ?? ""),
  ],
];

/** Valid requests that are rejected. */
export const STRICT_BUGS: readonly PlantedBug[] = [
  ...STRICT.map(
    ([name, breaks, ids, when]): PlantedBug => ({
      name,
      breaks,
      in: ids,
      foundBy: FOUND_BY[name] ?? ["requests", "model"],
      fault: rejecting(ids, when),
    }),
  ),
  {
    name: "unknown-trait-group-404",
    breaks: "A name in traitGroups that the store does not have returns 404 instead of being omitted.",
    in: ["fetchProfile"],
    foundBy: ["requests", "model"],
    fault: rejecting(
      ["fetchProfile"],
      ({ query }) => (query.get("traitGroups") ?? "Contact").split(",").some((name) => name !== "Contact"),
      () => errorResponse(404, 20404),
    ),
  },
  {
    name: "ids-checked-as-type-ids",
    breaks: "A profile ID that matches the pattern but is not a TypeID returns 400 instead of 404.",
    in: ["fetchProfile", "patchProfileTraits", "deleteProfile"],
    foundBy: ["authentication", "requests"],
    fault: altered(["fetchProfile", "patchProfileTraits", "deleteProfile"], 404, (response, { path }) =>
      /[ilou]/.test((path["profileId"] ?? "").replace("mem_profile_", "")) ? errorResponse(400, 400) : response,
    ),
  },
  {
    name: "service-store-rejected",
    breaks: "A store ID with the prefix mem_service_ is malformed.",
    in: [...ALL_OPERATIONS],
    foundBy: ["requests", "model"],
    fault: altered("any", 404, (response, { path }) =>
      path["storeId"]?.startsWith("mem_service_") ? errorResponse(400, 520049) : response,
    ),
  },
];
