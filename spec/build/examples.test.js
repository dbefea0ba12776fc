import { describe, expect, it } from "vitest";
import { openapi } from "../index.js";
import { contractAjv, schemaPointersOf } from "./compile-schemas.js";

/** @typedef {{ examples?: Record<string, { $ref?: string, value?: unknown }>, schema?: unknown }} MediaType */
/** @typedef {[title: string, pointer: string, value: unknown]} Example */

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

/**
 * What a person calls the owner of a schema.
 *
 * @param {string} pointer of the schema
 * @returns {string} the operation and the status, or the component
 */
function ownerOf(pointer) {
  const [place = ""] = pointer.slice(2).split(/\/content\/|\/schema$/);
  const [kind, path, ...tokens] = place.split("/");
  if (kind === "components") return tokens.join(" ");
  const [method, ...below] = tokens;
  const { operationId } = /** @type {{ operationId: string }} */ (at(`#/${kind}/${path}/${method}`));
  return [operationId, ...below.filter((token) => token !== "responses")].join(" ");
}

const schemas = [...schemaPointersOf(openapi)];
const ofBodies = schemas.flatMap((pointer) => {
  const mediaType = /** @type {MediaType} */ (at(pointer.slice(0, pointer.lastIndexOf("/"))));
  return Object.entries(mediaType.examples ?? {}).flatMap(
    /** @returns {Example[]} */ ([name, example]) => {
      if (!pointer.includes("/content/")) return [];
      const { value } = /** @type {{ value: unknown }} */ (example.$ref ? at(example.$ref) : example);
      return [[`${ownerOf(pointer)} ${name}`, pointer, value]];
    },
  );
});
const ofSchemas = schemas.flatMap((pointer) => {
  const { examples = [] } = /** @type {{ examples?: unknown[] }} */ (at(pointer));
  return examples.map(
    /** @returns {Example} */ (value, index) => [`${ownerOf(pointer)} example ${index + 1}`, pointer, value],
  );
});
const titles = [...ofBodies, ...ofSchemas].map(([title]) => title);

describe("examples", () => {
  it("are there to be checked", () => {
    expect(ofBodies.length).toBeGreaterThan(50);
    expect(ofSchemas.length).toBeGreaterThan(30);
  });

  it("can be told apart", () => {
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  it.each(ofBodies)("%s fits its schema", (_, pointer, value) => {
    expect(misfit(pointer, value)).toBe("");
  });

  it.each(ofSchemas)("%s fits its schema", (_, pointer, value) => {
    expect(misfit(pointer, value)).toBe("");
  });

  it("that do not fit are refused, with the place and the reason", () => {
    const body = { code: 20404, message: "None", more_info: "no uri", status: 404 };
    expect(misfit("#/components/schemas/ErrorBody", body)).toBe('/more_info must match format "uri"');
  });
});
