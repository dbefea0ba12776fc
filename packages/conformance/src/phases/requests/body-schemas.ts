import type { JsonSchema } from "@memory-api/json-schema-arbitrary";
import type { OperationId } from "@memory-api/types";
import type { Contract } from "../../contract/contract.ts";
import {
  type DeclaredTrait,
  type DeclaredTraits,
  promotedTargets,
  type TraitTarget,
} from "../../contract/declared-traits.ts";
import { requestSchemaPointer } from "../../contract/judge-body.ts";

/**
 * The schema of a request body, narrowed to what the store declares, so that most of its values are valid requests.
 *
 * The values are judged on their own afterwards: this schema only makes interesting ones frequent.
 */
export function narrowedSchema(contract: Contract, id: OperationId, declared: DeclaredTraits): JsonSchema {
  const whole = { $ref: `#${requestSchemaPointer(contract, id).split("/").map(encodeURIComponent).join("/")}` };
  const narrowing = narrowingOf(id, declared);
  return narrowing === undefined ? whole : { allOf: [whole, narrowing] };
}

function narrowingOf(id: OperationId, declared: DeclaredTraits): JsonSchema | undefined {
  switch (id) {
    case "createProfile":
      return person(declared);
    case "updateProfilesBulk":
      return { type: "object", required: ["profiles"], properties: { profiles: { items: person(declared) } } };
    case "patchProfileTraits":
      return { type: "object", properties: { traits: traits(declared, true) } };
    case "createProfilesImportV2":
      return { type: "object", properties: { columnMappings: { items: mapping(declared) } } };
    default:
      return undefined;
  }
}

function person(declared: DeclaredTraits): JsonSchema {
  const anyOf = promotedTargets(declared).map(identified);
  return { type: "object", required: ["traits"], properties: { traits: { ...traits(declared, false), anyOf } } };
}

/** Traits with a value that becomes an identifier once it is personalized. */
function identified({ traitGroup, traitName, trait }: TraitTarget): JsonSchema {
  const value = trait.dataType === "STRING" ? { type: "string", pattern: "^[a-z]" } : { type: "integer" };
  const group = { type: "object", required: [traitName], properties: { [traitName]: value } };
  return { type: "object", required: [traitGroup], properties: { [traitGroup]: group } };
}

function traits(declared: DeclaredTraits, isPatch: boolean): { readonly [keyword: string]: unknown } {
  const groups = Object.entries(declared).map(([name, group]) => {
    const properties = Object.entries(group).map(([trait, definition]) => [trait, valueSchema(definition, isPatch)]);
    return [name, { type: "object", properties: Object.fromEntries(properties), additionalProperties: false }];
  });
  return { type: "object", properties: Object.fromEntries(groups), additionalProperties: false };
}

function valueSchema({ dataType, validationRule: rule = {} }: DeclaredTrait, isPatch: boolean): JsonSchema {
  const { min: minimum, max: maximum, ...others } = rule;
  const bounds = { ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }), ...others };
  return { type: isPatch ? [dataType.toLowerCase(), "null"] : dataType.toLowerCase(), ...bounds };
}

function mapping(declared: DeclaredTraits): JsonSchema {
  const anyOf = Object.entries(declared).map(([name, group]) => ({
    properties: { traitGroup: { const: name }, traitName: { enum: Object.keys(group) } },
  }));
  return { type: "object", anyOf };
}
