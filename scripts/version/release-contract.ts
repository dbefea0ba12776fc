import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

const HEADER = `# Generated: do not edit. The contract as it was released last, which \`npx -y pnpm@12 run diff\` compares with.
# It is a copy of spec/dist/openapi.yaml, made anew by \`npx -y pnpm@12 run version\`. Before the first release
# it is only where we started from: \`npx -y pnpm@12 run version --keep-versions\`.
`;

/**
 * Makes the bundle what later contracts are compared with.
 *
 * @param bundle path of the bundle
 * @param released path of the copy
 */
export async function releaseContract(bundle: string, released: string): Promise<void> {
  await mkdir(dirname(released), { recursive: true });
  await writeFile(released, HEADER + (await readFile(bundle, "utf8")));
}
