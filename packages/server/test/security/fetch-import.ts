import type { ApiServer } from "../support/api-server.ts";
import { type CreatedImport, createImport, importsOf, uploadOf } from "../support/requests.ts";
import { storeId } from "../support/settings-for-tests.ts";

type Sender = Pick<ApiServer, "send">;

/** The current state of the import. */
export async function fetchImport(server: Sender, { importId }: CreatedImport): Promise<unknown> {
  return (await server.send({ method: "GET", target: `${importsOf(storeId)}/${importId}` })).body;
}

/** The import once it has ended. */
export async function importEnd(server: Sender, created: CreatedImport): Promise<unknown> {
  for (;;) {
    const record = await fetchImport(server, created);
    if (["COMPLETED", "FAILED"].includes(Object(record).status)) return record;
  }
}

/** Imports the file. Its columns go to traits as `columnName: [traitGroup, traitName]`. */
export async function importFile(
  server: Sender,
  file: Uint8Array,
  columns: readonly (readonly [columnName: string, traitGroup: string, traitName: string])[],
): Promise<unknown> {
  const columnMappings = columns.map(([columnName, traitGroup, traitName]) => ({ columnName, traitGroup, traitName }));
  const created = await createImport(server, { filename: "people.csv", fileSize: file.length, columnMappings });
  const { status } = await server.send(uploadOf(created, file));
  if (status !== 200) throw new Error(`The upload returned ${status}.`);
  return importEnd(server, created);
}
