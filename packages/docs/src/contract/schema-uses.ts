import { openapi, operationsOf } from "@memory-api/spec";
import { schemas } from "./document.ts";
import { type Operation, operations } from "./operations.ts";

/** Returns the operations and the schemas that use a schema directly or, for operations, through other schemas. */
export function usesOf(name: string): { operations: readonly Operation[]; schemas: readonly string[] } {
  const using = operationsOf(openapi).filter(({ pathItem, operation }) =>
    refersTo({ operation, parameters: pathItem.parameters }, name, new Set()),
  );
  return {
    operations: operations.filter(({ id }) => using.some((operation) => operation.id === id)),
    schemas: Object.keys(schemas).filter((other) =>
      referencesOf(schemas[other]).includes(`#/components/schemas/${name}`),
    ),
  };
}

function refersTo(value: unknown, name: string, seen: Set<string>): boolean {
  return referencesOf(value).some((reference) => {
    if (reference === `#/components/schemas/${name}`) return true;
    if (seen.has(reference)) return false;
    seen.add(reference);
    const [kind = "", component = ""] = reference.split("/").slice(2);
    return refersTo(Object(openapi.components)[kind]?.[component], name, seen);
  });
}

function referencesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "$ref" && typeof part === "string" ? [part] : referencesOf(part),
  );
}
