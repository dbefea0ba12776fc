// Generates src/generated (or the given folder) from the contract. With --check it writes nothing and fails if a file is stale.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contract, openapi } from "@memory-api/spec";
import { operationFunctions, operationTable } from "./operation-functions.ts";

const COMMAND = "npx -y pnpm@12 generate";

const header = (source: string) => `/**
 * Generated: do not edit. Regenerate with \`${COMMAND}\`.
 *
 * From ${source}.
 */
`;
const ofContract = header(`@memory-api/spec ${contract.version}, openapi.json with SHA-256 ${contract.sha256}`);
const { version } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const files = {
  "operations.ts": ofContract + operationFunctions(openapi),
  "bound-operations.ts": ofContract + operationTable(openapi),
  "version.ts": `${header("package.json")}export const version = "${version}";\n`,
};

const { values, positionals } = parseArgs({ options: { check: { type: "boolean" } }, allowPositionals: true });
const folder = positionals[0] ?? fileURLToPath(new URL("../src/generated", import.meta.url));

const stale: string[] = [];
for (const [name, text] of Object.entries(files)) {
  if ((await readFile(join(folder, name), "utf8").catch(() => "")) === text) continue;
  stale.push(name);
  if (!values.check) await writeFile(join(folder, name), text);
}

if (values.check && stale.length > 0) {
  console.error(
    `These files are stale; they do not match the contract in spec/ or package.json: ${stale.join(", ")}\nRun: ${COMMAND}`,
  );
  process.exitCode = 1;
} else {
  console.log(stale.length === 0 ? "The generated operations match the contract." : `Written: ${stale.join(", ")}`);
}
