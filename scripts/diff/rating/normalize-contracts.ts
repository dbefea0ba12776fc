import { type ContractNode, isNode, METHODS, type Node, resolve, valueAt, visitNodes } from "./contract-nodes.ts";
import { simplifyCombinations } from "./simplify-combinations.ts";

/** Values of keywords that mean the same as no keyword. */
const DEFAULTS: Partial<Record<ContractNode["kind"], readonly (readonly [keyword: string, value: unknown])[]>> = {
  schema: [
    ["deprecated", false],
    ["readOnly", false],
    ["writeOnly", false],
    ["uniqueItems", false],
    ["minLength", 0],
    ["minItems", 0],
    ["minProperties", 0],
    ["additionalProperties", true],
    ["unevaluatedProperties", true],
    ["items", true],
    ["x-extensible-enum", false],
  ],
  operation: [
    ["deprecated", false],
    ["x-repeatable", false],
  ],
  parameter: [
    ["deprecated", false],
    ["required", false],
    ["allowReserved", false],
    ["allowEmptyValue", false],
  ],
  header: [
    ["deprecated", false],
    ["required", false],
    ["style", "simple"],
    ["explode", false],
  ],
  requestBody: [["required", false]],
};

/**
 * Writes two versions of a contract in one form, so that only differences in meaning remain: the order of `enum` and
 * `required`, `type: [string]` for `type: string`, a default that is written out, a parameter of a path instead of its
 * operations, and the servers and security that an operation inherits.
 */
export function normalizeContracts(before: Node, after: Node): [Node, Node] {
  const pair: [Node, Node] = [structuredClone(before), structuredClone(after)];
  for (const document of pair) {
    visitNodes(document, ({ kind, node }) => normalizeNode(kind, node));
    for (const pathItem of pathItemsOf(document)) moveParametersToOperations(document, pathItem);
  }
  for (const [index, document] of pair.entries()) {
    const other = pair[1 - index];
    visitNodes(document, ({ kind, node, pointer }) => {
      if (kind === "schema") simplifyCombinations(document, node, valueAt(other, pointer));
    });
  }
  inheritFromAbove(pair, "servers");
  inheritFromAbove(pair, "security");
  return pair;
}

function normalizeNode(kind: ContractNode["kind"], node: Node): void {
  if (kind === "schema") normalizeSchema(node);
  if (kind === "parameter") normalizeStyle(node);
  for (const [keyword, value] of DEFAULTS[kind] ?? []) if (node[keyword] === value) delete node[keyword];
}

function normalizeSchema(schema: Node): void {
  for (const keyword of ["additionalProperties", "unevaluatedProperties", "items"])
    if (isNode(schema[keyword]) && Object.keys(schema[keyword]).length === 0) schema[keyword] = true;
  for (const map of [schema["properties"], schema["patternProperties"]])
    if (isNode(map)) for (const [name, value] of Object.entries(map)) if (value === true) map[name] = {};

  if ("const" in schema && !("enum" in schema)) {
    schema["enum"] = [schema["const"]];
    delete schema["const"];
  }
  for (const keyword of ["enum", "required", "type"]) {
    const values = schema[keyword];
    if (Array.isArray(values))
      schema[keyword] = [...new Map(values.map((value) => [JSON.stringify(value), value]))]
        .sort()
        .map(([, value]) => value);
  }
  // An integer is a number, too.
  if (Array.isArray(schema["type"]) && schema["type"].includes("number"))
    schema["type"] = schema["type"].filter((name) => name !== "integer");
  const { type, required } = schema;
  if (Array.isArray(type) && type.length === 1) schema["type"] = type[0];
  if (Array.isArray(required) && required.length === 0) delete schema["required"];
  if (schema["type"] === "integer") makeInclusive(schema);
}

/** `exclusiveMinimum: 0` of an integer is `minimum: 1`. */
function makeInclusive(schema: Node): void {
  for (const [exclusive, inclusive, step] of [
    ["exclusiveMinimum", "minimum", 1],
    ["exclusiveMaximum", "maximum", -1],
  ] as const) {
    const bound = schema[exclusive];
    if (!Number.isInteger(bound) || inclusive in schema) continue;
    schema[inclusive] = Number(bound) + step;
    delete schema[exclusive];
  }
}

function normalizeStyle(parameter: Node): void {
  const isForm = parameter["in"] === "query" || parameter["in"] === "cookie";
  const style = parameter["style"] ?? (isForm ? "form" : "simple");
  if (style === (isForm ? "form" : "simple")) delete parameter["style"];
  if (parameter["explode"] === (style === "form")) delete parameter["explode"];
}

function moveParametersToOperations(document: Node, pathItem: Node): void {
  const shared = parametersOf(pathItem);
  if (shared.length === 0) return;
  const identity = (parameter: Node) => {
    const { node } = resolve(document, parameter);
    return `${node["in"]}/${node["name"]}`;
  };
  for (const operation of operationsOf(pathItem)) {
    const own = parametersOf(operation);
    const names = new Set(own.map(identity));
    operation["parameters"] = [...shared.filter((parameter) => !names.has(identity(parameter))), ...own];
  }
  delete pathItem["parameters"];
}

/**
 * Copies `servers` or `security` to each operation that has its own in one of the versions. An operation that has its own in
 * neither inherits the change, which is reported once.
 */
function inheritFromAbove(pair: readonly [Node, Node], member: "servers" | "security"): void {
  const [overridesBefore, overridesAfter] = pair.map((document) => overridesIn(document, member));
  const places = new Set([...(overridesBefore ?? []), ...(overridesAfter ?? [])]);
  for (const document of pair)
    for (const [path, pathItem] of Object.entries(isNode(document["paths"]) ? document["paths"] : {})) {
      if (!isNode(pathItem)) continue;
      for (const method of METHODS) {
        const operation = pathItem[method];
        if (!isNode(operation) || !places.has(`${method} ${path}`)) continue;
        const inherited = operation[member] ?? pathItem[member] ?? document[member];
        if (inherited !== undefined) operation[member] = structuredClone(inherited);
      }
      delete pathItem[member];
    }
}

function overridesIn(document: Node, member: string): string[] {
  return Object.entries(isNode(document["paths"]) ? document["paths"] : {}).flatMap(([path, pathItem]) =>
    METHODS.flatMap((method) => {
      const operation = isNode(pathItem) ? pathItem[method] : undefined;
      if (!isNode(pathItem) || !isNode(operation)) return [];
      return member in operation || member in pathItem ? [`${method} ${path}`] : [];
    }),
  );
}

function pathItemsOf(document: Node): Node[] {
  const { paths } = document;
  return isNode(paths) ? Object.values(paths).filter(isNode) : [];
}

function operationsOf(pathItem: Node): Node[] {
  return METHODS.map((method) => pathItem[method]).filter(isNode);
}

function parametersOf(node: Node): Node[] {
  const { parameters } = node;
  return Array.isArray(parameters) ? parameters.filter(isNode) : [];
}
