/**
 * Whether a value of this type may fit the schema, as `type` is one type or a list of them.
 *
 * @param {{ type?: string | string[] }} schema
 * @param {"array" | "integer" | "object" | "string"} type
 */
export function hasType(schema, type) {
  return [schema.type].flat().includes(type);
}
