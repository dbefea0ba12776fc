import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import {
  type ALL_OPERATIONS,
  accepting,
  groupsOf,
  type PlantedBug,
  traitValuesOf,
  type When,
} from "../../planted-bug.ts";

const WRITES = ["createProfile", "patchProfileTraits", "updateProfilesBulk"] as const;

const UPSERTS = ["createProfile", "updateProfilesBulk"] as const;

const body = (request: ProxiedRequest) => Object(request.json);

const items = (request: ProxiedRequest): unknown[] =>
  Array.isArray(body(request).profiles) ? body(request).profiles : [];

const hasOther = (object: unknown, names: readonly string[]) =>
  Object.keys(Object(object)).some((name) => !names.includes(name));

/** The length of a string in code points, as JSON Schema counts. */
const lengthOf = (value: unknown) => (typeof value === "string" ? [...value].length : 0);

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

const hasExtraProperty: When = (request) =>
  isObject(request.json) &&
  (request.operation === "updateProfilesBulk"
    ? hasOther(request.json, ["profiles"])
    : hasOther(request.json, ["traits"]));

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

/** Invalid traits that are accepted. */
export const INVALID_TRAIT_BUGS: readonly PlantedBug[] = [
  loose(
    "extra-property-accepted",
    "An unknown property of the body of a create is accepted.",
    ["createProfile"],
    hasExtraProperty,
  ),
  loose(
    "extra-property-accepted-in-patch",
    "An unknown property of the body of a patch is accepted.",
    ["patchProfileTraits"],
    hasExtraProperty,
  ),
  loose(
    "extra-property-accepted-in-batch-item",
    "An unknown property of an item of a batch is accepted.",
    ["updateProfilesBulk"],
    (request) => items(request).some((item) => isObject(item) && hasOther(item, ["traits"])),
  ),
  loose("long-value-accepted", "A trait value longer than maxLength is accepted.", WRITES, (request) =>
    traitValuesOf(request).some((value) => typeof value === "string" && value.length > 1024),
  ),
  loose("long-array-accepted", "A trait value with more than maxItems items is accepted.", WRITES, (request) =>
    traitValuesOf(request).some((value) => Array.isArray(value) && value.length > 100),
  ),
  loose("long-item-accepted", "An item of an array that is longer than maxLength is accepted.", WRITES, (request) =>
    traitValuesOf(request).some((value) => Array.isArray(value) && value.some((item) => lengthOf(item) > 1024)),
  ),
  loose("nested-array-accepted", "An array in an array of a trait value is accepted.", WRITES, (request) =>
    traitValuesOf(request).some((value) => Array.isArray(value) && value.some(Array.isArray)),
  ),
  loose("object-value-accepted", "An object as trait value is accepted.", WRITES, (request) =>
    traitValuesOf(request).some(isObject),
  ),
  loose("number-for-string-accepted", "A number is accepted as the value of a STRING trait.", WRITES, (request) =>
    traitValuesOf(request).some((value) => typeof value === "number"),
  ),
  loose(
    "unsafe-integer-accepted",
    "An integer beyond the safe integers is accepted as an identifier.",
    UPSERTS,
    (request) =>
      traitValuesOf(request).some((value) => typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER),
  ),
  loose("null-accepted-in-create", "A null in a create is accepted.", ["createProfile"], (request) =>
    traitValuesOf(request).includes(null),
  ),
  loose("null-accepted-in-batch", "A null in an item of a batch is accepted.", ["updateProfilesBulk"], (request) =>
    traitValuesOf(request).includes(null),
  ),
  loose(
    "many-groups-accepted",
    "More than maxProperties trait groups are accepted.",
    WRITES,
    (request) => Object.keys(Object(body(request).traits)).length > 50,
  ),
  loose("many-traits-accepted", "More than maxProperties traits of a group are accepted.", WRITES, (request) =>
    groupsOf(request).some((group) => Object.keys(Object(group)).length > 95),
  ),
  loose("group-name-pattern-ignored", "A trait group whose name breaks the pattern is accepted.", WRITES, (request) =>
    Object.keys(Object(body(request).traits)).some((name) => !/^[a-zA-Z0-9_\-.]+$/.test(name)),
  ),
  loose("unknown-group-accepted", "A trait group that the store does not declare is accepted.", WRITES, (request) =>
    Object.keys(Object(body(request).traits)).some(
      (name) => /^[a-zA-Z0-9_\-.]{1,64}$/.test(name) && name !== "Contact",
    ),
  ),
  loose(
    "unknown-trait-accepted",
    "A trait that the store does not declare is accepted.",
    ["createProfile", "patchProfileTraits"],
    (request) =>
      Object.keys(request.contact).some(
        (name) =>
          !/^(firstName|lastName|email|phone|street|city|state|postalCode|country|preferredLanguage)$/.test(name),
      ),
  ),
  loose("array-traits-accepted", "An array instead of the object of traits is accepted.", WRITES, (request) =>
    Array.isArray(body(request).traits),
  ),
  loose(
    "null-body-accepted",
    "A body of null is accepted as an empty object.",
    ["patchProfileTraits"],
    ({ json }) => json === null,
  ),
  loose(
    "empty-create-accepted",
    "A create without traits is accepted.",
    ["createProfile"],
    (request) => isObject(request.json) && groupsOf(request).length === 0,
  ),
  loose(
    "create-without-identifier-accepted",
    "A create without an identifier is accepted.",
    ["createProfile"],
    ({ contact }) => Object.keys(contact).length > 0 && !("email" in contact) && !("phone" in contact),
  ),
  loose(
    "batch-of-none-accepted",
    "An empty batch is accepted.",
    ["updateProfilesBulk"],
    (request) => Array.isArray(body(request).profiles) && items(request).length === 0,
  ),
  loose(
    "batch-of-1001-accepted",
    "A batch of more than maxItems profiles is accepted.",
    ["updateProfilesBulk"],
    (request) => items(request).length > 1000,
  ),
  loose(
    "invalid-json-accepted",
    "A body that is not valid JSON is read as an empty object.",
    ["patchProfileTraits"],
    ({ json }) => json === undefined,
    ["protocol"],
  ),
];
