/** A JSON object. */
export type Node = Record<string, unknown>;

type NodeKind = keyof typeof CHILDREN;

export interface ContractNode {
  kind: NodeKind;
  node: Node;
  pointer: string;
  /** The last token of the pointer, unescaped. */
  key: string;
  /** The member of the parent that contains the node: `properties` for a property. */
  member: string;
}

type Shape = "one" | "list" | "map";

export const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

const SCHEMA: Record<string, Shape> = {
  items: "one",
  prefixItems: "list",
  contains: "one",
  unevaluatedItems: "one",
  properties: "map",
  patternProperties: "map",
  additionalProperties: "one",
  unevaluatedProperties: "one",
  propertyNames: "one",
  allOf: "list",
  oneOf: "list",
  anyOf: "list",
  not: "one",
  if: "one",
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: "one",
  else: "one",
  dependentSchemas: "map",
  $defs: "map",
};

/** The objects that each kind of object contains. */
const CHILDREN = {
  document: { paths: ["map", "pathItem"], components: ["one", "components"] },
  components: {
    schemas: ["map", "schema"],
    parameters: ["map", "parameter"],
    requestBodies: ["map", "requestBody"],
    responses: ["map", "response"],
    headers: ["map", "header"],
    links: ["map", "link"],
    pathItems: ["map", "pathItem"],
  },
  pathItem: {
    parameters: ["list", "parameter"],
    ...Object.fromEntries(METHODS.map((method) => [method, ["one", "operation"]])),
  },
  operation: { parameters: ["list", "parameter"], requestBody: ["one", "requestBody"], responses: ["map", "response"] },
  parameter: { schema: ["one", "schema"], content: ["map", "mediaType"] },
  requestBody: { content: ["map", "mediaType"] },
  response: { headers: ["map", "header"], content: ["map", "mediaType"], links: ["map", "link"] },
  header: { schema: ["one", "schema"], content: ["map", "mediaType"] },
  mediaType: { schema: ["one", "schema"], encoding: ["map", "encoding"] },
  encoding: { headers: ["map", "header"] },
  link: {},
  schema: Object.fromEntries(Object.entries(SCHEMA).map(([keyword, shape]) => [keyword, [shape, "schema"]])),
} as const;

/** Returns the objects directly below a node, without following references. */
export function childrenOf({ kind, node, pointer }: Pick<ContractNode, "kind" | "node" | "pointer">): ContractNode[] {
  const members: [string, readonly [Shape, NodeKind]][] = Object.entries(CHILDREN[kind]);
  return members.flatMap(([member, [shape, childKind]]) => {
    const value = node[member];
    const at = `${pointer}/${member}`;
    if (shape === "one")
      return isNode(value) ? [{ kind: childKind, node: value, pointer: at, key: member, member }] : [];
    if (!isNode(value) && !Array.isArray(value)) return [];
    return Object.entries(value).flatMap(([key, child]) =>
      isNode(child) ? [{ kind: childKind, node: child, pointer: `${at}/${escapeToken(key)}`, key, member }] : [],
    );
  });
}

/** Calls back for every node of a document, parents last, so that a callback may replace the children of its node. */
export function visitNodes(document: Node, visit: (node: ContractNode) => void): void {
  const enter = (node: ContractNode) => {
    for (const child of childrenOf(node)) enter(child);
    visit(node);
  };
  enter({ kind: "document", node: document, pointer: "#", key: "", member: "" });
}

/** Returns the value that a pointer such as `#/info/title` refers to, or `undefined`. */
export function valueAt(document: unknown, pointer: string): unknown {
  return tokensOf(pointer).reduce<unknown>((node, key) => (isParent(node) ? node[key] : undefined), document);
}

/** Follows the `$ref` of a node. Returns the node itself if it has none. */
export function resolve(document: Node, node: Node, pointer = ""): { node: Node; pointer: string } {
  const { $ref } = node;
  if (typeof $ref !== "string") return { node, pointer };
  const target = valueAt(document, $ref);
  return isNode(target) ? resolve(document, target, $ref) : { node, pointer };
}

export function tokensOf(pointer: string): string[] {
  const tokens = pointer.split("/").slice(1);
  return tokens.filter((token) => token !== "").map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

export function escapeToken(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isParent(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}
