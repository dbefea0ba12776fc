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
 * Writes the code that is generated from the configuration schema: its type, a function that validates it, and a copy of the schema.
 *
 * @param folder output folder; created if it does not exist
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
 * Generated: do not edit. Regenerate it with \`npx -y pnpm@12 build\`.
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

/** Without this, a `$ref` with its own description becomes a separate type, and `oneOf` over properties a union of unions. */
function withoutDoubles(key: string, value: unknown): unknown {
  if (key === "oneOf" || key === "not") return undefined;
  const { $ref, description } = Object(value);
  return $ref && description ? { description, tsType: $ref.replace("#/$defs/", "") } : value;
}

function validatorOf(text: string): string {
  // Verbose, so that an error includes the schema that it violates, which the message explains.
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    code: { source: true, esm: true },
  });
  ajv.addSchema(JSON.parse(text), NAME);
  // The module that Ajv generates still loads its runtime with require.
  return `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
${standaloneCode.default(ajv, { validateConfiguration: NAME })}
`;
}

const VALIDATOR_TYPES = `import type { ErrorObject } from "ajv";
import type { Configuration } from "./configuration.js";

export declare const validateConfiguration: {
  (document: unknown): document is Configuration;
  /** Errors of the last call. */
  errors?: null | ErrorObject[];
};
`;
