import { readFileSync } from "node:fs";

export { announcementOf, deprecationsOf, deprecationTable, deprecationText } from "./deprecations.js";

/**
 * The whole contract in one document, without references to other files.
 *
 * @type {import("openapi-types").OpenAPIV3_1.Document}
 */
export const openapi = read("openapi.json");

/**
 * Identifies the contract: its version, the SHA-256 of `openapi.json` in hexadecimal, and the bundler.
 *
 * @type {{ version: string, sha256: string, bundler: string }}
 */
export const contract = read("contract.json");

/** @typedef {"get" | "put" | "post" | "patch" | "delete"} HttpMethod */

/**
 * @typedef {object} ContractOperation
 * @property {string} id the `operationId`
 * @property {HttpMethod} method
 * @property {string} path the path template
 * @property {import("openapi-types").OpenAPIV3_1.PathItemObject} pathItem
 * @property {import("openapi-types").OpenAPIV3_1.OperationObject & { "x-repeatable"?: boolean }} operation
 */

/**
 * Returns the operations of a document in document order, each with its place.
 *
 * @param {import("openapi-types").OpenAPIV3_1.Document} document
 * @returns {ContractOperation[]}
 * @throws {Error} naming the first operation that has no `operationId`
 */
export function operationsOf(document) {
  /** @type {HttpMethod[]} */
  const methods = ["get", "put", "post", "patch", "delete"];
  return Object.entries(document.paths ?? {}).flatMap(([path, pathItem = {}]) =>
    methods.flatMap((method) => {
      const operation = pathItem[method];
      if (operation === undefined) return [];
      const id = operation.operationId;
      if (id === undefined) throw new Error(`${method.toUpperCase()} ${path} has no operationId.`);
      return [{ id, method, path, pathItem, operation }];
    }),
  );
}

/** @param {string} file */
function read(file) {
  return JSON.parse(readFileSync(new URL(`./dist/${file}`, import.meta.url), "utf8"));
}
