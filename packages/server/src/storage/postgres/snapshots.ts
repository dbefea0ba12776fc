import type { Snapshot } from "../storage.ts";
import type { Query } from "./in-transaction.ts";
import { tables } from "./storage-statements.ts";

type Cell = string | number | null;

export async function readSnapshot(query: Query, storeIds: readonly string[]): Promise<Snapshot> {
  const snapshot: Record<string, Cell[][]> = {};
  for (const [name, { select }] of Object.entries(tables)) {
    const { rows } = await query<Record<string, Cell>>(select, [storeIds]);
    snapshot[name] = rows.map((row) => Object.values(row));
  }
  return snapshot;
}

export async function writeSnapshot(query: Query, storeIds: readonly string[], snapshot: Snapshot): Promise<void> {
  for (const [name, { clear, insert }] of Object.entries(tables)) {
    await query(clear, [storeIds]);
    const rows = snapshot[name] ?? [];
    const width = rows[0]?.length ?? 0;
    if (width > 0)
      await query(
        insert,
        Array.from({ length: width }, (_, column) => rows.map((row) => row[column])),
      );
  }
}
