import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

/** @typedef {import("openapi-types").OpenAPIV3_1.Document} Document */

/**
 * An Ajv for JSON Schema 2020-12, strict and with formats, that knows the bundle as `openapi.json`. A schema is had by
 * `ajv.getSchema("openapi.json#/components/schemas/Profile")`.
 *
 * @param {Document} openapi
 */
export function contractAjv(openapi) {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateFormats: true });
  ajvFormats.default(ajv);
  // Ajv reads the document that holds the schemas as a schema too, so its keys are made known as annotations.
  ajv.addVocabulary(["x-decision", "x-deprecation", "x-extensible-enum", ...Object.keys(openapi)]);
  ajv.addSchema(openapi, "openapi.json");
  return ajv;
}

/**
 * Compiles every schema and every pattern of the bundle. What does not compile would be skipped in silence by tools that
 * validate with it.
 *
 * @param {Document} openapi
 * @throws {Error} with the JSON pointer of each schema or pattern that does not compile, and why
 */
export function compileSchemas(openapi) {
  const ajv = contractAjv(openapi);
  const faults = [];
  for (const [pointer, pattern] of patternsOf(openapi)) {
    try {
      new RegExp(pattern, "u");
    } catch (error) {
      faults.push(`${pointer}: ${message(error)}`);
    }
  }
  for (const pointer of schemaPointersOf(openapi)) {
    try {
      ajv.getSchema(`openapi.json${pointer}`);
    } catch (error) {
      faults.push(`${pointer}: ${message(error)}`);
    }
  }
  if (faults.length > 0) throw new Error(`The contract has schemas that do not compile:\n${faults.join("\n")}`);
}

/**
 * Pointers of all schemas that stand in their own right: the components, and those in line under a `schema` key.
 *
 * @param {unknown} node
 * @param {string} [pointer]
 * @returns {Generator<string>}
 */
export function* schemaPointersOf(node, pointer = "#") {
  for (const [key, child, at] of membersOf(node, pointer)) {
    if (key === "examples" || key === "example") continue;
    if (key === "schema" || pointer === "#/components/schemas") yield at;
    else yield* schemaPointersOf(child, at);
  }
}

/**
 * @param {unknown} node
 * @param {string} [pointer]
 * @returns {Generator<[pointer: string, pattern: string]>}
 */
function* patternsOf(node, pointer = "#") {
  for (const [key, child, at] of membersOf(node, pointer)) {
    if (key === "examples" || key === "example") continue;
    if (key === "pattern" && typeof child === "string") yield [at, child];
    else yield* patternsOf(child, at);
  }
}

/**
 * @param {unknown} node
 * @param {string} pointer
 * @returns {Generator<[key: string, child: unknown, pointer: string]>}
 */
function* membersOf(node, pointer) {
  if (typeof node !== "object" || node === null) return;
  for (const [key, child] of Object.entries(node)) {
    const token = key.replaceAll("~", "~0").replaceAll("/", "~1");
    yield [key, child, `${pointer}/${encodeURIComponent(token)}`];
  }
}

/** @param {unknown} error */
function message(error) {
  return error instanceof Error ? error.message : String(error);
}
