import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import { type ALL_OPERATIONS, accepting, type PlantedBug, type When } from "../../planted-bug.ts";

const body = (request: ProxiedRequest) => Object(request.json);

const mappings = (request: ProxiedRequest): unknown[] =>
  Array.isArray(body(request).columnMappings) ? body(request).columnMappings : [];

const hasOther = (object: unknown, names: readonly string[]) =>
  Object.keys(Object(object)).some((name) => !names.includes(name));

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const targetOf = (mapping: unknown) => `${Object(mapping).traitGroup}.${Object(mapping).traitName}`;

/** A bound or a rule of the contract that is not enforced. @param when the requests that are accepted */
function loose(
  name: string,
  breaks: string,
  ids: readonly (typeof ALL_OPERATIONS)[number][],
  when: When,
  foundBy: PlantedBug["foundBy"] = ["requests"],
): PlantedBug {
  return { name, breaks, in: ids, foundBy, fault: accepting(ids, when) };
}

/** Invalid imports that are accepted. */
export const INVALID_IMPORT_BUGS: readonly PlantedBug[] = [
  loose(
    "extra-property-accepted-in-mapping",
    "An unknown property of a column mapping is accepted.",
    ["createProfilesImportV2"],
    (request) =>
      mappings(request).some((each) => isObject(each) && hasOther(each, ["columnName", "traitGroup", "traitName"])),
  ),
  loose(
    "batch-without-profiles-accepted",
    "A batch without profiles is accepted.",
    ["updateProfilesBulk"],
    (request) => isObject(request.json) && body(request).profiles === undefined,
  ),
  loose(
    "file-size-0-accepted",
    "A fileSize of 0 is accepted.",
    ["createProfilesImportV2"],
    (request) => body(request).fileSize === 0,
  ),
  loose(
    "file-size-unlimited",
    "A fileSize above the maximum is accepted.",
    ["createProfilesImportV2"],
    (request) => body(request).fileSize > 104_857_600,
  ),
  loose(
    "file-size-text-accepted",
    "A fileSize that is a string is accepted.",
    ["createProfilesImportV2"],
    (request) => typeof body(request).fileSize === "string",
  ),
  loose(
    "file-size-optional",
    "An import without fileSize is accepted.",
    ["createProfilesImportV2"],
    (request) => isObject(request.json) && body(request).fileSize === undefined,
  ),
  loose(
    "filename-optional",
    "An import without filename is accepted.",
    ["createProfilesImportV2"],
    (request) => isObject(request.json) && body(request).filename === undefined,
  ),
  loose(
    "long-filename-accepted",
    "A filename longer than maxLength is accepted.",
    ["createProfilesImportV2"],
    (request) => String(body(request).filename).length > 255,
  ),
  loose(
    "one-mapping-accepted",
    "Fewer than minItems column mappings are accepted.",
    ["createProfilesImportV2"],
    (request) => mappings(request).length === 1,
  ),
  loose(
    "mappings-unlimited",
    "More than maxItems column mappings are accepted.",
    ["createProfilesImportV2"],
    (request) => mappings(request).length > 100,
  ),
  loose(
    "mapping-repeated-accepted",
    "Two column mappings to one trait are accepted.",
    ["createProfilesImportV2"],
    (request) =>
      mappings(request).length <= 100 && new Set(mappings(request).map(targetOf)).size < mappings(request).length,
  ),
  loose(
    "mapping-without-identifier-accepted",
    "Column mappings without a promoted trait are accepted.",
    ["createProfilesImportV2"],
    (request) =>
      mappings(request).length > 1 &&
      !mappings(request).some((each) => /^Contact\.(email|phone)$/.test(targetOf(each))),
  ),
  loose(
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
  ),
  loose(
    "long-column-name-accepted",
    "A columnName longer than maxLength is accepted.",
    ["createProfilesImportV2"],
    (request) => mappings(request).some((each) => String(Object(each).columnName).length > 64),
  ),
];
