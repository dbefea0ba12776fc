import type { OpenAPIV3_1 } from "openapi-types";

/** Keywords that the generator leaves out of its comments, in the order in which they are told. */
const BOUNDS = ["pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "maxProperties"];

/** The bundle with the bounds of each schema told at the end of its description, so that they reach the comments. */
export function withDocumentedBounds(bundle: OpenAPIV3_1.Document): unknown {
  return documented(bundle);
}

function documented(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(documented);
  if (typeof node !== "object" || node === null) return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, child]) => [key, key === "examples" ? child : documented(child)]),
  );
  const bounds = BOUNDS.filter((keyword) => "type" in copy && isBound(copy[keyword]));
  if (bounds.length === 0) return copy;
  const told = `Bounds: ${bounds.map((keyword) => `${keyword} \`${copy[keyword]}\``).join(", ")}.`;
  return { ...copy, description: [copy.description, told].filter(Boolean).join("\n\n") };
}

function isBound(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}
