import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

const HEADER = `# Generated: do not edit. The contract of the last release, the baseline of \`npx -y pnpm@12 run diff\`.
# This is a copy of spec/dist/openapi.yaml. \`npx -y pnpm@12 run version\` replaces it. Before the first release, it is
# only a starting point, which \`npx -y pnpm@12 run version --keep-versions\` replaces.
`;

/**
 * Saves the bundle as the baseline of later comparisons.
 *
 * @param bundle path of the bundle
 * @param released path of the baseline
 */
export async function saveBaseline(bundle: string, released: string): Promise<void> {
  await mkdir(dirname(released), { recursive: true });
  await writeFile(released, HEADER + (await readFile(bundle, "utf8")));
}
