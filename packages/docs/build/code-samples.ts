import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type OperationId, operations } from "@memory-api/types";

/** The ways to call an operation: the folder of their samples, and the label of their tab in the reference. */
export const sampleStyles = [
  { folder: "sdk", label: "SDK" },
  { folder: "openapi-fetch", label: "openapi-fetch" },
] as const;

/** An entry of `x-codeSamples`. */
export interface CodeSample {
  readonly lang: "TypeScript";
  readonly label: string;
  readonly source: string;
}

const ids = Object.values(operations).map(({ id }) => id);

/**
 * Returns the code samples of each operation, one per style, from the files `<style>/<operationId>.ts` of a folder.
 *
 * @throws {Error} naming each file that is missing, and each that belongs to no operation
 */
export async function codeSamples(root: string): Promise<Map<OperationId, CodeSample[]>> {
  const faults = (await Promise.all(sampleStyles.map(({ folder }) => faultsIn(root, folder)))).flat();
  if (faults.length > 0) {
    throw new Error(`The samples in ${root} do not match the contract:\n  ${faults.join("\n  ")}`);
  }
  return new Map(await Promise.all(ids.map(async (id) => [id, await samplesOf(root, id)] as const)));
}

async function faultsIn(root: string, folder: string): Promise<string[]> {
  const files = (await readdir(join(root, folder))).filter((file) => file.endsWith(".ts"));
  const missing = ids.filter((id) => !files.includes(`${id}.ts`));
  const surplus = files.filter((file) => !(basename(file, ".ts") in operations));
  return [
    ...missing.map((id) => `${folder}/${id}.ts is missing: write the sample of ${id}`),
    ...surplus.map((file) => `${folder}/${file} is not named after an operation: rename or delete it`),
  ];
}

function samplesOf(root: string, id: OperationId): Promise<CodeSample[]> {
  return Promise.all(
    sampleStyles.map(async ({ folder, label }) => ({
      lang: "TypeScript" as const,
      label,
      source: await readFile(join(root, folder, `${id}.ts`), "utf8"),
    })),
  );
}
