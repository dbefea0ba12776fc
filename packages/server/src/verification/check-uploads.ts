import type { Inspection } from "../storage/inspection.ts";
import { PAGE } from "./page-check.ts";
import type { Violation } from "./violation.ts";

/** Checks that the imports of a store that are PROCESSING have their files. */
export async function* checkProcessingUploads(inspection: Inspection, storeId: string): AsyncGenerator<Violation> {
  let after: readonly string[] | undefined;
  do {
    const rows = await inspection.snapshot((reads) => reads.readPage("imports", storeId, PAGE, after));
    for (const { id, status, upload_id: uploadId, file_size } of rows) {
      if (status !== "PROCESSING" || uploadId === null) continue;
      if ((await inspection.uploadSize(storeId, id, uploadId)) === file_size) continue;
      // An import that ended meanwhile has lost its file.
      const [now] = await readImports(inspection, storeId, id);
      if (now?.status === "PROCESSING") yield { kind: "import-without-upload", storeId, ids: { import: id } };
    }
    const last = rows.length === PAGE ? rows.at(-1) : undefined;
    after = last && [last.id];
  } while (after !== undefined);
}

/** Checks that each stored file belongs to an import. The file of an ended import is removed later. */
export async function* checkUploads(inspection: Inspection): AsyncGenerator<Violation> {
  for await (const { storeId, importId } of inspection.uploads()) {
    const storeIds = storeId === undefined ? await inspection.storeIds() : [storeId];
    if (await exists(inspection, storeIds, importId)) continue;
    yield { kind: "upload-without-import", ...(storeId !== undefined && { storeId }), ids: { import: importId } };
  }
}

async function exists(inspection: Inspection, storeIds: readonly string[], importId: string): Promise<boolean> {
  for (const storeId of storeIds) if ((await readImports(inspection, storeId, importId)).length > 0) return true;
  return false;
}

function readImports(inspection: Inspection, storeId: string, importId: string) {
  return inspection.snapshot((reads) => reads.readWhere("imports", "id", storeId, [importId]));
}
