// Generates src/generated (or the given folder) from the contract. With --check it writes nothing and fails if a file is stale.
import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { contract, openapi } from "@memory-api/spec";
import { contractBounds } from "./contract-bounds.ts";
import { contractNames } from "./contract-names.ts";
import { contractValues } from "./contract-values.ts";
import { generator, typesOf } from "./openapi-typescript.ts";
import { withDocumentation } from "./with-documentation.ts";

const COMMAND = "npx -y pnpm@12 generate";
const documented = withDocumentation(openapi);

const header = `/**
 * Generated: do not edit. Regenerate with \`${COMMAND}\`.
 *
 * From @memory-api/spec ${contract.version}, openapi.json with SHA-256 ${contract.sha256},
 * by ${generator.name} ${generator.version}.
 */
`;

const files = {
  "openapi.ts": await typesOf(documented),
  "names.ts": contractNames(documented),
  "values.ts": contractValues(openapi),
  "bounds.ts": contractBounds(openapi),
};

const { values, positionals } = parseArgs({ options: { check: { type: "boolean" } }, allowPositionals: true });
const folder = positionals[0] ?? fileURLToPath(new URL("../src/generated", import.meta.url));

const stale: string[] = [];
for (const [name, source] of Object.entries(files)) {
  const file = join(folder, name);
  const text = header + source;
  if ((await readFile(file, "utf8").catch(() => "")) === text) continue;
  stale.push(relative(process.cwd(), file));
  if (!values.check) await writeFile(file, text);
}

if (values.check && stale.length > 0) {
  console.error(
    `These files are stale; they do not match the contract in spec/:\n  ${stale.join("\n  ")}\nRun: ${COMMAND}`,
  );
  process.exitCode = 1;
} else {
  console.log(stale.length === 0 ? "The generated types match the contract." : `Written: ${stale.join(", ")}`);
}
