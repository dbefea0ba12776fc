/** @import { Location, Oas3Schema, Oas3_1Schema, UserContext } from "@redocly/openapi-core" */

/**
 * @typedef {object} SchemaWithin
 * @property {Oas3Schema | Oas3_1Schema} schema As written, so perhaps a `$ref`.
 * @property {Location} location
 * @property {boolean} closedAround Whether a schema around this one refuses unknown properties of the same object.
 */

/** Keywords whose schemas say something about the same value; `if` and `not` only ask about it. */
const inPlace = ["allOf", "anyOf", "oneOf", "then", "else", "dependentSchemas"];

/** Keywords whose schemas say something about a part of the value; `contains` only asks about it. */
const ofParts = [
  "properties",
  "patternProperties",
  "additionalProperties",
  "unevaluatedProperties",
  "items",
  "prefixItems",
  "unevaluatedItems",
];

/** Keywords with several schemas. */
const plural = ["allOf", "anyOf", "oneOf", "dependentSchemas", "properties", "patternProperties", "prefixItems"];

/**
 * A schema and all that a valid value has to fit inside it, through every `$ref`. Redocly shows a rule each schema once,
 * whatever leads to it, so a rule about requests has to walk there itself.
 *
 * @param {Oas3Schema | Oas3_1Schema} schema
 * @param {Location} location
 * @param {UserContext["resolve"]} resolve
 * @param {Set<string>} seen Where the walk has been; share it between walks that should not report twice.
 * @param {boolean} closedAround
 * @returns {Generator<SchemaWithin>}
 */
export function* schemasWithin(schema, location, resolve, seen, closedAround = false) {
  const place = `${location.absolutePointer} ${closedAround}`;
  if (seen.has(place)) return;
  seen.add(place);
  yield { schema, location, closedAround };

  const closed = closedAround || isClosed(schema);
  const target = resolve(schema, location.source.absoluteRef);
  if (schema.$ref !== undefined && target.node !== undefined) {
    yield* schemasWithin(target.node, target.location, resolve, seen, closed);
  }
  for (const [keyword, value] of Object.entries(schema)) {
    if (![...inPlace, ...ofParts].includes(keyword) || typeof value === "boolean") continue;
    const inner = location.child(keyword);
    const around = closed && inPlace.includes(keyword);
    if (!plural.includes(keyword)) yield* schemasWithin(value, inner, resolve, seen, around);
    for (const [key, member] of plural.includes(keyword) ? Object.entries(value) : []) {
      if (typeof member !== "boolean") yield* schemasWithin(member, inner.child(key), resolve, seen, around);
    }
  }
}

/**
 * Whether an object that fits the schema has no properties that the schema does not speak of.
 *
 * @param {{ additionalProperties?: unknown, unevaluatedProperties?: unknown }} schema
 */
export function isClosed({ additionalProperties = true, unevaluatedProperties = true }) {
  return !allowsAnything(additionalProperties) || !allowsAnything(unevaluatedProperties);
}

/** @param {unknown} schema */
function allowsAnything(schema) {
  return schema === true || JSON.stringify(schema) === "{}";
}
