/**
 * What `x-deprecation` says of a deprecated part of the contract.
 *
 * @typedef {object} Announcement
 * @property {string} since the day of the deprecation, YYYY-MM-DD
 * @property {string} sunset the first day on which the part may be removed, YYYY-MM-DD
 * @property {string | null} replacement name of the operation, parameter, header, property or schema to use instead
 */

/**
 * A part of the contract that can be deprecated.
 *
 * @typedef {object} ContractPart
 * @property {"operation" | "parameter" | "header" | "property" | "schema"} kind
 * @property {string} name an operation ID, `pageSize`, `Retry-After`, `ProfileImport.summary` or `ProfileImport`
 * @property {string} pointer JSON pointer, such as `#/components/schemas/Profile`
 * @property {string[]} operations IDs of the operations that use it
 * @property {Record<string, unknown>} node
 */

/** @typedef {Omit<ContractPart, "node"> & Announcement} Deprecation */

/** @typedef {Record<string, unknown>} Node */
/** @typedef {Pick<ContractPart, "kind" | "name">} Label */
/** @typedef {{ document: object, operation: string | undefined, parts: Map<string, ContractPart>, seen: Set<string> }} Walk */

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const ONE_SCHEMA = [
  "items",
  "contains",
  "additionalProperties",
  "unevaluatedProperties",
  "unevaluatedItems",
  "propertyNames",
  "not",
  "if",
  "then",
  "else",
];
const SCHEMA_LISTS = ["allOf", "oneOf", "anyOf", "prefixItems"];
const SCHEMA_MAPS = ["patternProperties", "dependentSchemas", "$defs"];

/**
 * Returns what is deprecated in a document, what may be removed first in front.
 *
 * @param {object} document a bundle of OpenAPI
 * @returns {Deprecation[]}
 */
export function deprecationsOf(document) {
  return partsOf(document)
    .flatMap(({ node, ...part }) => {
      const announcement = announcementOf(node);
      return announcement === undefined ? [] : [{ ...part, ...announcement }];
    })
    .sort((one, other) => one.sunset.localeCompare(other.sunset) || one.pointer.localeCompare(other.pointer));
}

/**
 * Returns the announcement of a node of the document, or `undefined` if it is not deprecated. Lint allows `x-deprecation` only beside
 * `deprecated: true`.
 *
 * @param {object} node
 * @returns {Announcement | undefined}
 */
export function announcementOf(node) {
  const { "x-deprecation": announcement } = /** @type {Node} */ (node);
  if (!isNode(announcement)) return undefined;
  const { since, sunset, replacement } = announcement;
  return {
    since: String(since),
    sunset: String(sunset),
    replacement: typeof replacement === "string" ? replacement : null,
  };
}

/**
 * Returns an announcement as sentences in Markdown.
 *
 * @param {Announcement} announcement
 */
export function deprecationText({ since, sunset, replacement }) {
  const instead = replacement === null ? "Nothing replaces it." : `Use \`${replacement}\` instead.`;
  return `Since ${since}. Supported until ${sunset}. ${instead}`;
}

/**
 * Returns deprecations as a table in Markdown, or a sentence if there are none.
 *
 * @param {readonly Deprecation[]} deprecations
 */
export function deprecationTable(deprecations) {
  if (deprecations.length === 0) return "Nothing is deprecated.";
  const rows = deprecations.map(({ kind, name, operations, since, sunset, replacement }) => {
    const used = kind === "operation" ? "" : operations.map((id) => `\`${id}\``).join(", ");
    return `| ${kind} \`${name}\` | ${used} | ${since} | ${sunset} | ${replacement === null ? "" : `\`${replacement}\``} |`;
  });
  return [
    "| Deprecated | Used by | Since | Supported until | Replacement |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/**
 * Returns the parts of a document that can be deprecated, each with the operations that use it.
 *
 * @param {object} document a bundle of OpenAPI
 * @returns {ContractPart[]}
 */
export function partsOf(document) {
  /** @type {Map<string, ContractPart>} */
  const parts = new Map();
  const { paths, components } = /** @type {Node} */ (document);
  for (const [path, pathItem] of entriesOf(paths)) {
    for (const method of METHODS) {
      const operation = pathItem[method];
      if (!isNode(operation)) continue;
      const pathPointer = `#/paths/${escaped(path)}`;
      const id = String(operation["operationId"] ?? `${method.toUpperCase()} ${path}`);
      const walk = { document, operation: id, parts, seen: new Set() };
      addPart(walk, { kind: "operation", name: id }, `${pathPointer}/${method}`, operation);
      visitOperation(walk, operation, `${pathPointer}/${method}`, pathItem, pathPointer);
    }
  }
  // Components that no operation uses.
  const { schemas, parameters, headers } = isNode(components) ? components : {};
  const walk = { document, operation: undefined, parts, seen: new Set() };
  for (const [name, schema] of entriesOf(schemas))
    visitSchema(walk, schema, `#/components/schemas/${escaped(name)}`, { kind: "schema", name });
  for (const [name, parameter] of entriesOf(parameters))
    visitParameter(walk, parameter, `#/components/parameters/${escaped(name)}`);
  for (const [name, header] of entriesOf(headers))
    visitHeader(walk, header, `#/components/headers/${escaped(name)}`, name);
  return [...parts.values()];
}

/**
 * @param {Walk} walk
 * @param {Node} operation
 * @param {string} pointer
 * @param {Node} pathItem
 * @param {string} pathPointer
 */
function visitOperation(walk, operation, pointer, pathItem, pathPointer) {
  for (const [index, parameter] of entriesOf(pathItem["parameters"]))
    visitParameter(walk, parameter, `${pathPointer}/parameters/${index}`);
  for (const [index, parameter] of entriesOf(operation["parameters"]))
    visitParameter(walk, parameter, `${pointer}/parameters/${index}`);
  if (isNode(operation["requestBody"])) {
    const body = resolved(walk.document, operation["requestBody"], `${pointer}/requestBody`);
    visitContent(walk, body, `${walk.operation} request`);
  }
  for (const [status, response] of entriesOf(operation["responses"])) {
    const found = resolved(walk.document, response, `${pointer}/responses/${status}`);
    visitContent(walk, found, `${walk.operation} ${status}`);
    for (const [name, header] of entriesOf(found.node["headers"]))
      visitHeader(walk, header, `${found.pointer}/headers/${escaped(name)}`, name);
  }
}

/**
 * @param {Walk} walk
 * @param {Node} parameter
 * @param {string} place
 */
function visitParameter(walk, parameter, place) {
  const { node, pointer } = resolved(walk.document, parameter, place);
  const name = String(node["name"]);
  addPart(walk, { kind: "parameter", name }, pointer, node);
  visitContent(walk, { node, pointer }, name);
}

/**
 * @param {Walk} walk
 * @param {Node} header
 * @param {string} place
 * @param {string} name
 */
function visitHeader(walk, header, place, name) {
  const { node, pointer } = resolved(walk.document, header, place);
  addPart(walk, { kind: "header", name }, pointer, node);
  visitContent(walk, { node, pointer }, name);
}

/**
 * Visits the schema of a parameter or a header, and those of media types.
 *
 * @param {Walk} walk
 * @param {{ node: Node, pointer: string }} place
 * @param {string} owner
 */
function visitContent(walk, { node, pointer }, owner) {
  if (isNode(node["schema"])) visitSchema(walk, node["schema"], `${pointer}/schema`, { kind: "schema", name: owner });
  for (const [type, { schema }] of entriesOf(node["content"]))
    if (isNode(schema))
      visitSchema(walk, schema, `${pointer}/content/${escaped(type)}/schema`, { kind: "schema", name: owner });
}

/**
 * @param {Walk} walk
 * @param {Node} schema
 * @param {string} pointer
 * @param {Label} label
 */
function visitSchema(walk, schema, pointer, label) {
  if (walk.seen.has(pointer)) return;
  walk.seen.add(pointer);
  addPart(walk, label, pointer, schema);
  const { name } = label;
  const target = resolved(walk.document, schema, pointer);
  if (target.pointer !== pointer)
    visitSchema(walk, target.node, target.pointer, { kind: "schema", name: lastToken(target.pointer) });
  for (const [key, property] of entriesOf(schema["properties"]))
    visitSchema(walk, property, `${pointer}/properties/${escaped(key)}`, { kind: "property", name: `${name}.${key}` });
  for (const keyword of ONE_SCHEMA) {
    const child = schema[keyword];
    if (isNode(child))
      visitSchema(walk, child, `${pointer}/${keyword}`, { kind: "schema", name: `${name}/${keyword}` });
  }
  for (const keyword of [...SCHEMA_LISTS, ...SCHEMA_MAPS])
    for (const [key, child] of entriesOf(schema[keyword])) {
      const below = { kind: /** @type {const} */ ("schema"), name: `${name}/${keyword}/${key}` };
      visitSchema(walk, child, `${pointer}/${keyword}/${escaped(key)}`, below);
    }
}

/**
 * @param {Walk} walk
 * @param {Label} label
 * @param {string} pointer
 * @param {Node} node
 */
function addPart({ operation, parts }, { kind, name }, pointer, node) {
  // Each response gives a shared header its own name.
  const key = `${pointer} ${name}`;
  const known = parts.get(key);
  if (operation === undefined && [...parts.values()].some((part) => part.pointer === pointer)) return;
  if (known === undefined) {
    parts.set(key, { kind, name, pointer, operations: operation === undefined ? [] : [operation], node });
  } else if (operation !== undefined && !known.operations.includes(operation)) known.operations.push(operation);
}

/**
 * Follows the `$ref` of a node.
 *
 * @param {object} document
 * @param {Node} node
 * @param {string} pointer
 * @returns {{ node: Node, pointer: string }}
 */
function resolved(document, node, pointer) {
  const { $ref } = node;
  if (typeof $ref !== "string" || !$ref.startsWith("#/")) return { node, pointer };
  const tokens = $ref.slice(2).split("/");
  const target = tokens.reduce((/** @type {unknown} */ parent, token) => Object(parent)[unescaped(token)], document);
  return isNode(target) ? resolved(document, target, $ref) : { node, pointer };
}

/**
 * @param {unknown} value
 * @returns {[string, Node][]}
 */
function entriesOf(value) {
  return Object.entries(Object(value)).flatMap(([key, child]) => (isNode(child) ? [[key, child]] : []));
}

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isNode(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {string} key */
function escaped(key) {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** @param {string} token */
function unescaped(token) {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** @param {string} pointer */
function lastToken(pointer) {
  return unescaped(pointer.slice(pointer.lastIndexOf("/") + 1));
}
