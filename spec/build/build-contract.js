import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { compileSchemas } from "./compile-schemas.js";
import { standaloneSchemas } from "./standalone-schemas.js";

const require = createRequire(import.meta.url);
const redocly = require.resolve("@redocly/cli/bin/cli.js");
const bundler = require("@redocly/cli/package.json");

/**
 * Bundles the contract in `root` and writes everything that is published of it to `out`: the bundle as YAML and JSON, a
 * dereferenced JSON, each schema alone, the workflows and `contract.json`. The same contract gives the same bytes.
 *
 * @param {string} root folder of `openapi.yaml`
 * @param {string} out folder to write, emptied first
 * @returns {Promise<{ version: string, sha256: string, bundler: string }>} what `contract.json` says
 * @throws {Error} naming the place, if a schema does not compile under JSON Schema 2020-12 or a pattern under the `u` flag
 */
export async function buildContract(root, out) {
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, "schemas"), { recursive: true });
  await Promise.all([
    bundle(root, join(out, "openapi.yaml")),
    bundle(root, join(out, "openapi.json")),
    bundle(root, join(out, "openapi.dereferenced.json"), "--dereferenced"),
  ]);

  const source = await readFile(join(out, "openapi.json"), "utf8");
  /** @type {import("openapi-types").OpenAPIV3_1.Document} */
  const openapi = JSON.parse(source);
  compileSchemas(openapi);
  for (const [name, schema] of standaloneSchemas(openapi)) {
    await writeFile(join(out, "schemas", `${name}.json`), json(schema));
  }

  await cp(join(root, "workflows"), join(out, "workflows"), { recursive: true });
  const contract = {
    version: openapi.info.version,
    sha256: createHash("sha256").update(source).digest("hex"),
    bundler: `${bundler.name} ${bundler.version}`,
  };
  await writeFile(join(out, "contract.json"), json(contract));
  return contract;
}

/**
 * @param {string} root
 * @param {string} file
 * @param {string[]} options
 */
async function bundle(root, file, ...options) {
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  await promisify(execFile)(process.execPath, [redocly, "bundle", "openapi.yaml", "--output", file, ...options], {
    cwd: root,
    env,
  });
}

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
