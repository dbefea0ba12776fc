import type { ImportId, StoreId } from "@memory-api/types";
import { bodyOf, type KeepAliveClient } from "./keep-alive-client.ts";

/** Waits until an import whose file was uploaded has ended, and says how. */
export async function importEnd(client: KeepAliveClient, storeId: StoreId, importId: ImportId) {
  for (;;) {
    const body = bodyOf(await client.send("fetchProfileImportV2", { path: { storeId, importId } }), 200);
    if (body.status !== "PROCESSING") return body;
  }
}
