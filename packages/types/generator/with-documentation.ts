import type { OpenAPIV3_1 } from "openapi-types";

/** Keywords that the generator leaves out of its comments, in the order in which they are told. */
const BOUNDS = ["pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "maxProperties"];

type Keywords = Record<string, unknown>;

/**
 * The bundle with the bounds of each schema told at the end of its description, so that they reach the comments. A parameter
 * and a property that refer to a schema tell its bounds and default too, and its description where they have none.
 */
export function withDocumentation(bundle: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const schemas: Keywords = bundle.components?.schemas ?? {};
  const documented = structuredClone(bundle);
  document(documented, schemas);
  return documented;
}

function document(node: unknown, schemas: Keywords): void {
  if (Array.isArray(node)) for (const item of node) document(item, schemas);
  if (!isKeywords(node)) return;
  for (const [key, child] of Object.entries(node)) if (key !== "examples") document(child, schemas);
  if ("$ref" in node) return;
  if (typeof node["type"] === "string") tell(node, node);
  if ("in" in node && isKeywords(node["schema"])) tell(node, resolved(node["schema"], schemas));
  if (!isKeywords(node["properties"])) return;
  for (const property of Object.values(node["properties"])) {
    if (isKeywords(property) && "$ref" in property) tell(property, resolved(property, schemas));
  }
}

/** Puts on a node what a schema says. */
function tell(node: Keywords, schema: Keywords): void {
  const bounds = BOUNDS.filter((keyword) => isBound(schema[keyword])).map(
    (keyword) => `${keyword} \`${schema[keyword]}\``,
  );
  const told = bounds.length === 0 ? undefined : `Bounds: ${bounds.join(", ")}.`;
  const description = node["description"] ?? schema["description"];
  const text = typeof description === "string" ? description.trim() : undefined;
  if (text !== undefined || told !== undefined) node["description"] = [text, told].filter(Boolean).join("\n\n");
  if (schema["default"] !== undefined) node["default"] = schema["default"];
}

/** The schema that a reference leads to, with what stands beside the reference. */
function resolved(schema: Keywords, schemas: Keywords): Keywords {
  const reference = String(schema["$ref"]);
  const target = schemas[reference.slice(reference.lastIndexOf("/") + 1)];
  return isKeywords(target) ? { ...target, ...schema } : schema;
}

function isKeywords(value: unknown): value is Keywords {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBound(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}
