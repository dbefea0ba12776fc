import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { controlSchemas } from "../src/sandbox/control/control-schemas.ts";

const { version } = createRequire(import.meta.url)("ajv/package.json");

/**
 * Generates `check-control.js`, which validates requests to the sandbox control API, and its types.
 *
 * @param folder output folder; created if it does not exist
 */
export async function generateControl(folder: string): Promise<void> {
  const banner = `/**
 * Generated: do not edit. Regenerate it with \`npx -y pnpm@12 build\`.
 *
 * By build/generate-control.ts from src/sandbox/control/control-schemas.ts, with ajv ${version}.
 */
`;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "check-control.js"), banner + checkControl());
  await writeFile(join(folder, "check-control.d.ts"), banner + CHECK_CONTROL_TYPES);
}

function checkControl(): string {
  // Verbose, so that an error includes the schema that it violates, which the message explains.
  const ajv = new Ajv2020({
    discriminator: true,
    strictRequired: false,
    verbose: true,
    code: { source: true, esm: true },
  });
  const names = Object.keys(controlSchemas);
  for (const [name, schema] of Object.entries(controlSchemas)) ajv.addSchema(schema, name);
  // The module that Ajv generates still loads its runtime with require.
  return `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
${standaloneCode.default(ajv, Object.fromEntries(names.map((name) => [name, name])))}
export const checkControl = { ${names.join(", ")} };
`;
}

const CHECK_CONTROL_TYPES = `import type { ErrorObject } from "ajv";

export interface Check {
  (value: unknown): boolean;
  /** Errors of the last call. */
  errors?: null | ErrorObject[];
}

/** Keyed by schema name. */
export declare const checkControl: { readonly [Name in ${Object.keys(controlSchemas)
  .map((name) => `"${name}"`)
  .join(" | ")}]: Check };
`;
