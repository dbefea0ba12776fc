import { type ContractNode, childrenOf, escapeToken, isNode, METHODS, type Node, resolve } from "./contract-nodes.ts";

type Direction = "request" | "response";

/** One place where an operation uses a part of the contract. */
export interface Use {
  /** The `operationId`, or method and path if there is none. */
  operation: string;
  /** Method and path. */
  endpoint: string;
  /** Absent for what applies to the operation as a whole. */
  direction?: Direction;
  /** Set below a parameter, such as `query/pageSize`. */
  parameter?: string;
  /** Set below a response. */
  status?: string;
  /** Set below a header of a response. */
  header?: string;
  /** Set below a body: JSON pointer of the value, with `*` for an array index and for a property that has no name of its own. */
  body?: string;
}

/** Returns the uses of every object of a contract by its JSON pointer, with all references followed. */
export function usesOf(document: Node): Map<string, Use[]> {
  const uses = new Map<string, Use[]>([
    ["#/servers", []],
    ["#/security", []],
  ]);
  const { paths } = document;
  for (const [path, pathItem] of Object.entries(isNode(paths) ? paths : {})) {
    if (!isNode(pathItem)) continue;
    for (const method of METHODS) {
      const operation = pathItem[method];
      if (!isNode(operation)) continue;
      const endpoint = `${method.toUpperCase()} ${path}`;
      const use = { operation: String(operation["operationId"] ?? endpoint), endpoint };
      const pointer = `#/paths/${escapeToken(path)}`;
      const sources = ["#/paths", pointer, ...inheritedPointers(document, pathItem, operation)];
      for (const source of sources) add(uses, source, use);
      const node = { kind: "operation", node: operation, pointer: `${pointer}/${method}`, key: method, member: "" };
      follow(document, { ...node, kind: "operation" }, use, uses, []);
    }
  }
  return uses;
}

/** Returns the pointers of what applies to an operation without a reference: servers, security and its schemes. */
function inheritedPointers(document: Node, pathItem: Node, operation: Node): string[] {
  const security: unknown = operation["security"] ?? document["security"];
  const requirements: unknown[] = Array.isArray(security) ? security : [];
  const schemes = requirements.flatMap((requirement) => Object.keys(Object(requirement)));
  return [
    ...(operation["servers"] === undefined && pathItem["servers"] === undefined ? ["#/servers"] : []),
    ...(operation["security"] === undefined ? ["#/security"] : []),
    ...schemes.map((name) => `#/components/securitySchemes/${escapeToken(name)}`),
  ];
}

/** Returns the uses of a pointer, or of the innermost object around it that has any. */
export function usesAt(uses: ReadonlyMap<string, Use[]>, pointer: string): Use[] {
  const found = uses.get(pointer);
  if (found !== undefined) return found;
  // A component that no operation uses is not a part of the document as a whole.
  const above = pointer.slice(0, pointer.lastIndexOf("/"));
  return above === "" || /^#\/components(?:\/[^/]+)?$/.test(above) ? [] : usesAt(uses, above);
}

function follow(
  document: Node,
  place: ContractNode,
  use: Use,
  uses: Map<string, Use[]>,
  ancestors: readonly string[],
): void {
  if (ancestors.includes(place.pointer)) return;
  add(uses, place.pointer, use);
  const within = [...ancestors, place.pointer];
  const target = resolve(document, place.node, place.pointer);
  if (target.pointer !== place.pointer) follow(document, { ...place, ...target }, use, uses, within);
  for (const child of childrenOf(place))
    for (const each of usesBelow(document, child, use)) follow(document, child, each, uses, within);
}

function usesBelow(document: Node, child: ContractNode, use: Use): Use[] {
  const { kind, key, member } = child;
  const { node } = resolve(document, child.node);
  if (kind === "parameter") return [{ ...use, direction: "request", parameter: `${node["in"]}/${node["name"]}` }];
  if (kind === "requestBody") return [{ ...use, direction: "request", body: "" }];
  if (kind === "response") return [{ ...use, direction: "response", status: key, body: "" }];
  if (kind === "header") {
    const { body, ...header } = use;
    return [{ ...header, header: key }];
  }
  if (kind !== "schema") return [use];
  // The server alone sets what is read-only, and the caller alone what is write-only.
  if (node["readOnly"] === true && use.direction === "request") return [];
  if (node["writeOnly"] === true && use.direction === "response") return [];
  if (member === "not" || member === "if")
    return [
      { ...use, direction: "request" },
      { ...use, direction: "response" },
    ];
  if (use.body === undefined) return [use];
  if (member === "properties") return [{ ...use, body: `${use.body}/${escapeToken(key)}` }];
  return [WITHOUT_NAME.has(member) ? { ...use, body: `${use.body}/*` } : use];
}

const WITHOUT_NAME = new Set([
  "items",
  "prefixItems",
  "contains",
  "unevaluatedItems",
  "patternProperties",
  "additionalProperties",
  "unevaluatedProperties",
]);

function add(uses: Map<string, Use[]>, pointer: string, use: Use): void {
  const known = uses.get(pointer);
  if (known === undefined) uses.set(pointer, [use]);
  else known.push(use);
}
