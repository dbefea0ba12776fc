import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { controlSchemas } from "../src/sandbox/control/control-schemas.ts";

const { version } = createRequire(import.meta.url)("ajv/package.json");

/**
 * Writes the code that checks what a sandbox is told, `check-control.js`, and its types.
 *
 * @param folder where to write; it is created if need be
 */
export async function generateControl(folder: string): Promise<void> {
  const banner = `/**
 * Generated: do not edit. Make it again with \`npx -y pnpm@12 build\`.
 *
 * By build/generate-control.ts from src/sandbox/control/control-schemas.ts, with ajv ${version}.
 */
`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "check-control.js"), banner + checkControl());
  await writeFile(join(folder, "check-control.d.ts"), banner + CHECK_CONTROL_TYPES);
}

function checkControl(): string {
  // Verbose, so that a mistake can be explained by the part of the schema that it breaks.
  const ajv = new Ajv2020({
    discriminator: true,
    strictRequired: false,
    verbose: true,
    code: { source: true, esm: true },
  });
  const names = Object.keys(controlSchemas);
  for (const [name, schema] of Object.entries(controlSchemas)) ajv.addSchema(schema, name);
  // What Ajv writes as a module still loads its own parts with require.
  return `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
${standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name])))}
export const checkControl = { ${names.join(", ")} };
`;
}

const CHECK_CONTROL_TYPES = `import type { ErrorObject } from "ajv";

export interface Check {
  (value: unknown): boolean;
  /** Of the last call. */
  errors?: null | ErrorObject[];
}

/** By the name of the schema. */
export declare const checkControl: { readonly [Name in ${Object.keys(controlSchemas)
  .map((name) => `"${name}"`)
  .join(" | ")}]: Check };
`;
