import { errorResponse } from "../../../support/errors.ts";
import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import {
  ALL_OPERATIONS,
  altered,
  groupsOf,
  JSON_WRITES,
  type PlantedBug,
  rejecting,
  traitValuesOf,
  type When,
} from "../../planted-bug.ts";

const WRITES = ["createProfile", "patchProfileTraits", "updateProfilesBulk"] as const;

const body = (request: ProxiedRequest) => Object(request.json);

const mappings = (request: ProxiedRequest): unknown[] =>
  Array.isArray(body(request).columnMappings) ? body(request).columnMappings : [];

const items = (request: ProxiedRequest): unknown[] =>
  Array.isArray(body(request).profiles) ? body(request).profiles : [];

/** The length of a string in code points, as JSON Schema counts. */
const lengthOf = (value: unknown) => (typeof value === "string" ? [...value].length : 0);

const pageSize = ({ query }: ProxiedRequest) => query.get("pageSize") ?? "";

/** A valid request that is rejected. @param when the requests that are rejected */
function strict(
  name: string,
  breaks: string,
  ids: readonly (typeof ALL_OPERATIONS)[number][],
  when: When,
  foundBy: PlantedBug["foundBy"] = ["requests", "model"],
): PlantedBug {
  return { name, breaks, in: ids, foundBy, fault: rejecting(ids, when) };
}

/** Valid requests that are rejected. */
export const VALID_REQUEST_BUGS: readonly PlantedBug[] = [
  strict("longest-value-rejected", "A trait value of exactly maxLength is rejected.", WRITES, (request) =>
    traitValuesOf(request).some((value) => lengthOf(value) === 1024),
  ),
  strict(
    "largest-page-rejected",
    "The maximum pageSize is rejected.",
    ["listProfiles"],
    (request) => pageSize(request) === "1000",
  ),
  strict(
    "smallest-page-rejected",
    "The minimum pageSize is rejected.",
    ["listProfiles"],
    (request) => pageSize(request) === "1",
    ["paging"],
  ),
  strict(
    "largest-batch-rejected",
    "A batch of exactly maxItems is rejected.",
    ["updateProfilesBulk"],
    (request) => items(request).length === 1000,
  ),
  strict(
    "largest-file-rejected",
    "The maximum fileSize is rejected.",
    ["createProfilesImportV2"],
    (request) => body(request).fileSize === 104_857_600,
  ),
  strict(
    "smallest-file-rejected",
    "The minimum fileSize is rejected.",
    ["createProfilesImportV2"],
    (request) => body(request).fileSize === 1,
  ),
  strict(
    "two-mappings-rejected",
    "Exactly minItems column mappings are rejected.",
    ["createProfilesImportV2"],
    (request) => mappings(request).length === 2,
  ),
  strict(
    "longest-column-name-rejected",
    "A columnName of exactly maxLength is rejected.",
    ["createProfilesImportV2"],
    (request) => mappings(request).some((each) => lengthOf(Object(each).columnName) === 64),
  ),
  strict(
    "longest-filename-rejected",
    "A filename of exactly maxLength is rejected.",
    ["createProfilesImportV2"],
    (request) => lengthOf(body(request).filename) === 255,
  ),
  strict(
    "longest-trait-groups-rejected",
    "A traitGroups of exactly maxLength is rejected.",
    ["fetchProfile"],
    ({ query }) => lengthOf(query.get("traitGroups")) === 256,
    ["parameters"],
  ),
  strict("non-ascii-rejected", "Characters outside ASCII are rejected.", WRITES, (request) =>
    traitValuesOf(request).some((value) => typeof value === "string" && /[^\0-\x7f]/.test(value)),
  ),
  strict("empty-value-rejected", "An empty string as trait value is rejected.", WRITES, (request) =>
    traitValuesOf(request).includes(""),
  ),
  strict(
    "empty-patch-rejected",
    "A patch without traits is rejected.",
    ["patchProfileTraits"],
    (request) => groupsOf(request).flatMap((group) => Object.keys(Object(group))).length === 0,
  ),
  strict(
    "unreadable-phone-rejected",
    "A phone number that yields no identifier is rejected.",
    ["createProfile"],
    ({ contact }) => typeof contact["phone"] === "string" && contact["phone"].replaceAll(/\D/g, "").length < 7,
  ),
  strict(
    "media-type-parameter-rejected",
    "A parameter of the media type, such as a charset, is rejected.",
    JSON_WRITES,
    (request) => /;/.test(request.header("content-type") ?? ""),
    ["protocol"],
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
