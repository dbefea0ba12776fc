import type { ImportId, ResponseOf, StoreId } from "@memory-api/types";
import { expect } from "vitest";
import { bodyOf, type KeepAliveClient } from "./keep-alive-client.ts";

/** Waits until an import whose file was uploaded has ended, and returns it. */
export async function importEnd(
  client: KeepAliveClient,
  storeId: StoreId,
  importId: ImportId,
): Promise<ResponseOf<"fetchProfileImportV2", 200>> {
  const fetch = async () => bodyOf(await client.send("fetchProfileImportV2", { path: { storeId, importId } }), 200);
  await expect.poll(async () => (await fetch()).status, { interval: 20, timeout: 60_000 }).not.toBe("PROCESSING");
  return fetch();
}
