import { escapeToken, isNode, METHODS, type Node, resolve, tokensOf } from "../rating/contract-nodes.ts";
import { type Use, usesAt, usesOf } from "../rating/contract-usage.ts";

/** A type of the last release that the type of the same name must be able to replace. */
export interface TypeCheck {
  /** The name that reports use. */
  name: string;
  /** The expressions of the type, each of which is checked. */
  types: readonly string[];
  direction: "request" | "response";
  pointer: string;
  uses: Use[];
  /** Names of the schemas that the type contains, directly or not. */
  contains: ReadonlySet<string>;
}

/** Returns the checks of the types of a contract: one per schema and direction, and those of each operation. */
export function typeChecks(contract: Node): TypeCheck[] {
  const uses = usesOf(contract);
  return [...schemaChecks(contract, uses), ...operationChecks(contract, uses)];
}

/**
 * Returns the failed checks without those that fail only because a schema in them fails. In a cycle of schemas, all stay.
 */
export function causes(failed: readonly TypeCheck[]): TypeCheck[] {
  return failed.filter(
    ({ contains, direction, name }) =>
      !failed.some(
        (other) =>
          other.direction === direction && contains.has(other.name) && !other.contains.has(name) && other.name !== name,
      ),
  );
}

function schemaChecks(contract: Node, uses: ReadonlyMap<string, Use[]>): TypeCheck[] {
  const { schemas } = Object(contract["components"]);
  return Object.entries(Object(schemas)).flatMap(([name, schema]) => {
    const pointer = `#/components/schemas/${escapeToken(name)}`;
    const found = usesAt(uses, pointer);
    const types = [name, `components["schemas"][${JSON.stringify(name)}]`];
    const contains = schemasIn(contract, schema);
    return (["request", "response"] as const)
      .filter((direction) => found.some((use) => use.direction === direction))
      .map((direction) => {
        const own = found.filter((use) => use.direction === direction);
        return { name, types, direction, pointer, contains, uses: own };
      });
  });
}

function operationChecks(contract: Node, uses: ReadonlyMap<string, Use[]>): TypeCheck[] {
  return Object.entries(Object(contract["paths"])).flatMap(([path, pathItem]) =>
    METHODS.flatMap((method) => {
      const operation: unknown = Object(pathItem)[method];
      if (!isNode(operation) || typeof operation["operationId"] !== "string") return [];
      const pointer = `#/paths/${escapeToken(path)}/${method}`;
      const id = JSON.stringify(operation["operationId"]);
      const found = (uses.get(pointer) ?? []).slice(0, 1);
      const check = (direction: TypeCheck["direction"], type: string, node: unknown): TypeCheck => ({
        name: type,
        types: [type],
        direction,
        pointer,
        uses: found,
        contains: schemasIn(contract, node),
      });
      const parameters = [Object(pathItem)["parameters"], operation["parameters"]];
      const statuses = Object.entries(Object(operation["responses"])).filter(([status]) => /^\d+$/.test(status));
      return [
        check("request", `PathOf<${id}>`, parameters),
        check("request", `QueryOf<${id}>`, parameters),
        check("request", `RequestOf<${id}>`, operation["requestBody"]),
        check("response", `ResponseOf<${id}>`, operation["responses"]),
        ...statuses.flatMap(([status, response]) => [
          check("response", `ResponseOf<${id}, ${status}>`, response),
          check("response", `HeadersOf<${id}, ${status}>`, response),
        ]),
      ];
    }),
  );
}

function schemasIn(contract: Node, node: unknown, found = new Set<string>()): Set<string> {
  if (typeof node !== "object" || node === null) return found;
  if ("$ref" in node && typeof node.$ref === "string") {
    const [, kind, name] = tokensOf(node.$ref);
    if (kind === "schemas" && name !== undefined) {
      if (found.has(name)) return found;
      found.add(name);
    }
    schemasIn(contract, resolve(contract, { $ref: node.$ref }).node, found);
  }
  for (const value of Object.values(node)) schemasIn(contract, value, found);
  return found;
}
