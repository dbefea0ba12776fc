import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

const HEADER = `# Generated: do not edit. The contract of the last release, the baseline of \`npx -y pnpm@12 run diff\`.
# This is a copy of spec/dist/openapi.yaml. \`npx -y pnpm@12 run version\` replaces it.
`;

/**
 * Saves the bundle, the types and the programs that compile against them as the baseline of later comparisons.
 *
 * @param root path of the repository
 * @param released folder of the baseline
 */
export async function saveBaseline(root: string, released: string): Promise<void> {
  const copies = { types: "packages/types/src", consumers: "packages/types/test/compiles" };
  await mkdir(released, { recursive: true });
  await writeFile(
    join(released, "openapi.yaml"),
    HEADER + (await readFile(join(root, "spec/dist/openapi.yaml"), "utf8")),
  );
  for (const [name, source] of Object.entries(copies)) {
    await rm(join(released, name), { recursive: true, force: true });
    await cp(join(root, source), join(released, name), { recursive: true });
  }
}
