import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { compile } from "json-schema-to-typescript";

const NAME = "configuration.schema.json";
const schemaFile = fileURLToPath(new URL(`../src/configuration/${NAME}`, import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Writes what follows from the schema of the configuration: its type, a function that checks it, and a copy of the schema.
 *
 * @param folder where to write; it is created if need be
 * @throws {Error} if the schema does not compile
 */
export async function generateConfiguration(folder: string): Promise<void> {
  const text = await readFile(schemaFile, "utf8");
  const files = {
    "configuration.d.ts": bannerOf("json-schema-to-typescript") + (await typesOf(text)),
    "validate-configuration.js": bannerOf("ajv") + validatorOf(text),
    "validate-configuration.d.ts": bannerOf("ajv") + VALIDATOR_TYPES,
  };
  await mkdir(folder, { recursive: true });
  for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), source);
  await copyFile(schemaFile, join(folder, NAME));
}

function bannerOf(generator: string): string {
  const { version } = require(`${generator}/package.json`);
  return `/**
 * Generated: do not edit. Make it again with \`npx -y pnpm@12 build\`.
 *
 * By build/generate-configuration.ts from src/configuration/${NAME}, with ${generator} ${version}.
 */
`;
}

function typesOf(text: string): Promise<string> {
  return compile(JSON.parse(text, withoutDoubles), "Configuration", {
    bannerComment: "",
    unreachableDefinitions: true,
  });
}

/** A reference with a description of its own would become a type of its own, and a choice of properties a union of unions. */
function withoutDoubles(key: string, value: unknown): unknown {
  if (key === "oneOf" || key === "not") return undefined;
  const { $ref, description } = Object(value);
  return $ref && description ? { description, tsType: $ref.replace("#/$defs/", "") } : value;
}

function validatorOf(text: string): string {
  // Verbose, so that a mistake can be explained by the part of the schema that it breaks.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    code: { source: true, esm: true },
  });
  ajv.addSchema(JSON.parse(text), NAME);
  // What Ajv writes as a module still loads its own parts with require.
  return `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
${standaloneCode.default(ajv, { validateConfiguration: NAME })}
`;
}

const VALIDATOR_TYPES = `import type { ErrorObject } from "ajv";
import type { Configuration } from "./configuration.js";

export declare const validateConfiguration: {
  (document: unknown): document is Configuration;
  /** Of the last call. */
  errors?: null | ErrorObject[];
};
`;
