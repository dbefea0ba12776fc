import { expect } from "vitest";
import { faultsInTables } from "../support/faults-in-tables.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { type Place, select } from "../support/place.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { readTables } from "../support/tables.ts";
import { FILE_SUMMARY } from "./workloads.ts";
import type { Writer } from "./writer.ts";

/**
 * Waits until the imports have ended, and checks that the stored data matches everything that was written.
 *
 * @returns how many of the newest hundred imports received their file
 */
export async function expectNothingLost(writer: Writer, url: string, place: Place): Promise<number> {
  const client = new KeepAliveClient(url);
  const { imports } = bodyOf(await client.send("listProfileImportsV2", { path: { storeId } }), 200);
  let uploaded = 0;
  for (const importId of imports) {
    const { status, summary } = await importEnd(client, storeId, importId);
    if (status === "PENDING") continue;
    expect({ status, summary }).toEqual({ status: "COMPLETED", summary: FILE_SUMMARY });
    uploaded++;
  }
  const tables = await readTables(place, storeId);
  expect([...faultsInTables(tables), ...writer.faults(tables)]).toEqual([]);
  if (place.databaseUrl !== undefined) return uploaded;
  expect(await select(place, "PRAGMA integrity_check")).toEqual([[{ integrity_check: "ok" }]]);
  return uploaded;
}
