import { setTimeout } from "node:timers/promises";
import type { ImportId, ResponseOf, StoreId } from "@memory-api/types";
import { bodyOf, type KeepAliveClient } from "./keep-alive-client.ts";

const POLL_MS = 20;

/** Waits until an import whose file was uploaded has ended, and returns it. Rejects as soon as a request fails. */
export async function importEnd(
  client: KeepAliveClient,
  storeId: StoreId,
  importId: ImportId,
): Promise<ResponseOf<"fetchProfileImportV2", 200>> {
  for (;;) {
    const found = bodyOf(await client.send("fetchProfileImportV2", { path: { storeId, importId } }), 200);
    if (found.status !== "PROCESSING") return found;
    await setTimeout(POLL_MS);
  }
}
