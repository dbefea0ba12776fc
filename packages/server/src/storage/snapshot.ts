import { InvalidSnapshotError, type Snapshot, type SnapshotRow } from "./storage.ts";
import { TABLE_NAMES, TABLES, type TableName } from "./tables.ts";

/** @throws {InvalidSnapshotError} for the first table or row that the storage cannot restore */
export function checkSnapshot(snapshot: Snapshot, storeIds: readonly string[]): void {
  const stores = new Set<unknown>(storeIds);
  for (const [table, rows] of Object.entries(snapshot)) {
    const name = TABLE_NAMES.find((known) => known === table);
    if (name === undefined) throw new InvalidSnapshotError(`${table}: there is no such table`);
    if (!Array.isArray(rows)) throw new InvalidSnapshotError(`${table}: must be an array of rows`);
    for (const [at, row] of rows.entries()) {
      const fault = faultOf(name, row) ?? (stores.has(row[0]) ? undefined : "belongs to an unknown store");
      if (fault !== undefined) throw new InvalidSnapshotError(`${table}/${at}: ${fault}`);
    }
  }
}

function faultOf(table: TableName, row: SnapshotRow): string | undefined {
  const columns = Object.entries(TABLES[table]);
  if (!Array.isArray(row)) return "must be an array of columns";
  if (row.length !== columns.length) return `must have ${columns.length} columns, not ${row.length}`;
  for (const [at, [column, type]] of columns.entries()) {
    const value = row[at];
    if (value === null && type.endsWith("?")) continue;
    const isRight = type.startsWith("text") ? typeof value === "string" : Number.isSafeInteger(value);
    if (!isRight) return `${column} must be ${type.startsWith("text") ? "a string" : "an integer"}`;
  }
  return undefined;
}
