import { describe, expect, it } from "vitest";
import { openapi } from "../index.js";
import { contractAjv, schemaPointersOf } from "./compile-schemas.js";

/** @typedef {{ examples?: Record<string, { $ref?: string, value?: unknown }>, schema?: unknown }} MediaType */

const ajv = contractAjv(openapi);

/**
 * @param {string} pointer JSON pointer into the bundle, as a URI fragment
 * @returns {unknown} what stands there
 */
function at(pointer) {
  return pointer
    .slice(2)
    .split("/")
    .map((token) => decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((/** @type {unknown} */ node, key) => Reflect.get(Object(node), key), openapi);
}

/**
 * @param {string} pointer of a schema
 * @param {unknown} value
 * @returns {string} why the value does not fit, or nothing
 */
function misfit(pointer, value) {
  const validate = ajv.getSchema(`openapi.json${pointer}`);
  if (validate === undefined) throw new Error(`There is no schema at ${pointer}.`);
  return validate(value) ? "" : ajv.errorsText(validate.errors, { dataVar: "" });
}

const schemas = [...schemaPointersOf(openapi)];
const ofBodies = schemas.flatMap((pointer) => {
  const mediaType = /** @type {MediaType} */ (at(pointer.slice(0, pointer.lastIndexOf("/"))));
  return Object.entries(mediaType.examples ?? {}).flatMap(([name, example]) => {
    if (!pointer.includes("/content/")) return [];
    const { value } = /** @type {{ value: unknown }} */ (example.$ref ? at(example.$ref) : example);
    return [{ pointer, name, value }];
  });
});
const ofSchemas = schemas.flatMap((pointer) => {
  const { examples = [] } = /** @type {{ examples?: unknown[] }} */ (at(pointer));
  return examples.map((value, index) => ({ pointer, name: `examples/${index}`, value }));
});

describe("examples", () => {
  it("are there to be checked", () => {
    expect(ofBodies.length).toBeGreaterThan(50);
    expect(ofSchemas.length).toBeGreaterThan(30);
  });

  it.each(ofBodies)("$name at $pointer fits its schema", ({ pointer, value }) => {
    expect(misfit(pointer, value)).toBe("");
  });

  it.each(ofSchemas)("$pointer/$name fits its schema", ({ pointer, value }) => {
    expect(misfit(pointer, value)).toBe("");
  });

  it("that do not fit are refused, with the place and the reason", () => {
    const body = { code: 20404, message: "None", more_info: "no uri", status: 404 };
    expect(misfit("#/components/schemas/ErrorBody", body)).toBe('/more_info must match format "uri"');
  });
});
