import { announcementOf, deprecationText } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";

/** Keywords that the generator omits from its comments, in the order in which they are listed. */
const BOUNDS = ["pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "maxProperties"];

type Keywords = Record<string, unknown>;

/**
 * Returns the bundle with the bounds of each schema at the end of its description, so that the comments contain them. A parameter
 * or property that refers to a schema also gets its bounds and default, and its description if it has none of its own. A deprecation
 * becomes a tag at the end of the description, because the generator writes it without its dates and its replacement.
 */
export function withDocumentation(bundle: OpenAPIV3_1.Document): OpenAPIV3_1.Document {
  const schemas: Keywords = bundle.components?.schemas ?? {};
  const documented = structuredClone(bundle);
  document(documented, schemas);
  tagDeprecations(documented);
  return documented;
}

function document(node: unknown, schemas: Keywords): void {
  if (Array.isArray(node)) for (const item of node) document(item, schemas);
  if (!isKeywords(node)) return;
  for (const [key, child] of Object.entries(node)) if (key !== "examples") document(child, schemas);
  if ("$ref" in node) return;
  if (typeof node["type"] === "string" || Array.isArray(node["type"])) addDocumentation(node, node);
  if ("in" in node && isKeywords(node["schema"])) addDocumentation(node, resolved(node["schema"], schemas));
  if (!isKeywords(node["properties"])) return;
  for (const property of Object.values(node["properties"])) {
    if (isKeywords(property) && "$ref" in property) addDocumentation(property, resolved(property, schemas));
  }
}

/** Adds the bounds, description and default of a schema to a node. */
function addDocumentation(node: Keywords, schema: Keywords): void {
  const bounds = BOUNDS.filter((keyword) => isBound(schema[keyword])).map(
    (keyword) => `${keyword} \`${schema[keyword]}\``,
  );
  const sentence = bounds.length === 0 ? undefined : `Bounds: ${bounds.join(", ")}.`;
  const description = node["description"] ?? schema["description"];
  const text = typeof description === "string" ? description.trim() : undefined;
  if (text !== undefined || sentence !== undefined) node["description"] = [text, sentence].filter(Boolean).join("\n\n");
  if (schema["default"] !== undefined) node["default"] = schema["default"];
}

function tagDeprecations(node: unknown): void {
  if (Array.isArray(node)) for (const item of node) tagDeprecations(item);
  if (!isKeywords(node)) return;
  for (const [key, child] of Object.entries(node)) if (key !== "examples") tagDeprecations(child);
  const announcement = announcementOf(node);
  if (announcement === undefined) return;
  const tag = `@deprecated ${deprecationText(announcement)}`;
  node["description"] = [String(node["description"] ?? "").trim(), tag].filter(Boolean).join("\n\n");
  delete node["deprecated"];
}

/** The schema that a reference points to, overridden by the siblings of the reference. */
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
