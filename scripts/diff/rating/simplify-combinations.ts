import { isNode, type Node, resolve } from "./contract-nodes.ts";

const PROSE = ["title", "description", "examples", "$comment"];

/**
 * Writes `allOf`, `oneOf` and `anyOf` without the combination where that means the same, unless the other version has the
 * combination, too: then its parts are compared.
 */
export function simplifyCombinations(document: Node, schema: Node, other: unknown): void {
  for (const keyword of ["allOf", "oneOf", "anyOf"]) {
    const parts = schema[keyword];
    if (!Array.isArray(parts) || parts.length === 0 || !parts.every(isNode)) continue;
    const counterparts = isNode(other) && Array.isArray(other[keyword]) ? other[keyword].length : 0;
    if (counterparts > 0 && Math.max(counterparts, parts.length) > 1) continue;
    const { [keyword]: _, ...rest } = schema;
    const simple = parts.length === 1 ? merge([rest, parts[0] ?? {}]) : combine(document, keyword, rest, parts);
    if (simple === undefined) continue;
    delete schema[keyword];
    Object.assign(schema, simple);
  }
}

function combine(document: Node, keyword: string, rest: Node, parts: readonly Node[]): Node | undefined {
  if (keyword === "allOf") {
    // A reference with siblings is a combination of its own.
    if (parts.some((part) => "$ref" in part && Object.keys(part).length > 1)) return undefined;
    return merge([rest, ...parts.map((part) => resolve(document, part).node)]);
  }
  const [first] = keywordsOf(parts[0] ?? {});
  if ((first !== "enum" && first !== "type") || first in rest) return undefined;
  if (!parts.every((part) => keywordsOf(part).join() === first)) return undefined;
  const values = parts.flatMap((part) => part[first]).map((value) => JSON.stringify(value));
  const isOverlapping = values.includes('"integer"') || new Set(values).size < values.length;
  return isOverlapping ? undefined : { ...rest, [first]: values.sort().map((value) => JSON.parse(value)) };
}

/** Merges schemas that have no keyword in common, except `type`, `properties` and `required`. */
function merge(schemas: readonly Node[]): Node | undefined {
  const merged: Node = {};
  for (const schema of schemas)
    for (const [keyword, value] of Object.entries(schema)) {
      const known = merged[keyword];
      if (known === undefined || PROSE.includes(keyword)) merged[keyword] ??= value;
      else if (keyword === "required" && Array.isArray(known) && Array.isArray(value))
        merged[keyword] = [...new Set([...known, ...value])].sort();
      else if (keyword === "properties" && isNode(known) && isNode(value) && areDisjoint(known, value))
        merged[keyword] = { ...known, ...value };
      else if (keyword !== "type" || known !== value) return undefined;
    }
  const isCombined = schemas.length > 2 && schemas.some((schema) => REMAINDERS.some((keyword) => keyword in schema));
  return isCombined ? undefined : merged;
}

/** Keywords that depend on the other keywords of their schema, so they cannot be moved to another one. */
const REMAINDERS = ["additionalProperties", "items", "unevaluatedProperties", "unevaluatedItems", "$ref"];

function areDisjoint(one: Node, other: Node): boolean {
  return Object.keys(one).every((name) => !(name in other));
}

function keywordsOf(schema: Node): string[] {
  return Object.keys(schema).filter((keyword) => !PROSE.includes(keyword));
}
