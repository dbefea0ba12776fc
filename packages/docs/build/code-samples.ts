import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type OperationId, operations } from "@memory-api/types";

/**
 * The code sample of each operation, from the files `<operationId>.ts` of a folder, as they are.
 *
 * @throws {Error} naming each operation without a sample and each sample without an operation
 */
export async function codeSamples(folder: string): Promise<Map<OperationId, string>> {
  const ids = Object.values(operations).map(({ id }) => id);
  const named = (await readdir(folder)).filter((file) => file.endsWith(".ts")).map((file) => basename(file, ".ts"));
  const faults = [
    ...ids.filter((id) => !named.includes(id)).map((id) => `the operation ${id} has no sample: write ${id}.ts`),
    ...named.filter((name) => !(name in operations)).map((name) => `${name}.ts is the sample of no operation`),
  ];
  if (faults.length > 0) throw new Error(`The samples in ${folder} do not fit the contract:\n  ${faults.join("\n  ")}`);

  return new Map(
    await Promise.all(
      ids.map(async (id): Promise<[OperationId, string]> => [id, await readFile(join(folder, `${id}.ts`), "utf8")]),
    ),
  );
}
