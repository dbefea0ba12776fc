import { readFileSync } from "node:fs";

/**
 * The whole contract in one document, with every reference inside it.
 *
 * @type {import("openapi-types").OpenAPIV3_1.Document}
 */
export const openapi = read("openapi.json");

/**
 * Which contract this is: its version, the SHA-256 of `openapi.json` in hexadecimal, and what bundled it.
 *
 * @type {{ version: string, sha256: string, bundler: string }}
 */
export const contract = read("contract.json");

/** @param {string} file */
function read(file) {
  return JSON.parse(readFileSync(new URL(`./dist/${file}`, import.meta.url), "utf8"));
}
