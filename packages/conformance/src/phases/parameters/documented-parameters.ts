import type { OperationId } from "@memory-api/types";
import type { OpenAPIV3_1 } from "openapi-types";
import type { Contract } from "../../contract/contract.ts";

/** A part of a request that the contract documents. */
export interface DocumentedParameter {
  /** Unique: `listProfiles query pageSize`, `createProfile body /traits`. */
  readonly key: string;
  readonly operationId: OperationId;
}

/** Every parameter, header and body property of every operation, in the order of the contract. */
export function documentedParameters(contract: Contract): readonly DocumentedParameter[] {
  return [...contract.operations.values()].flatMap(({ id, parameters, requestSchemas }) => {
    const bodies = Object.values(requestSchemas).flatMap((schema) => propertiesOf(contract, schema, "", []));
    return [
      ...parameters.map(({ name, in: location }) => ({ key: `${id} ${location} ${name}`, operationId: id })),
      ...bodies.map((pointer) => ({ key: `${id} body ${pointer}`, operationId: id })),
    ];
  });
}

/** The properties of a schema and of its parts, as JSON pointers with `*` for items. A body without properties is a part itself. */
function propertiesOf(
  contract: Contract,
  schema: OpenAPIV3_1.SchemaObject | OpenAPIV3_1.ReferenceObject,
  pointer: string,
  path: readonly object[],
): readonly string[] {
  const resolved = contract.resolve<OpenAPIV3_1.SchemaObject>(schema);
  if (path.includes(resolved)) return [];
  const inside = (part: typeof schema, at: string) => propertiesOf(contract, part, at, [...path, resolved]);
  const properties = Object.entries(resolved.properties ?? {}).flatMap(([name, property]) => {
    const at = `${pointer}/${name}`;
    return [at, ...inside(property, at)];
  });
  const items = "items" in resolved && typeof resolved.items === "object" ? inside(resolved.items, `${pointer}/*`) : [];
  const variants = [...(resolved.allOf ?? []), ...(resolved.oneOf ?? []), ...(resolved.anyOf ?? [])];
  const found = [...properties, ...items, ...variants.flatMap((variant) => inside(variant, pointer))];
  return path.length === 0 && found.length === 0 ? ["/"] : [...new Set(found)];
}
