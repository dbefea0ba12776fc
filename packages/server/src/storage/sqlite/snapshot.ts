import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { Snapshot } from "../storage.ts";
import { TABLES } from "./schema.ts";

/** All rows of all tables. */
export function takeSnapshot(database: DatabaseSync): Snapshot {
  return Object.fromEntries(
    TABLES.map((table) => [
      table,
      database
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .map((row) => Object.values(row).map(plainValue)),
    ]),
  );
}

/** Puts the rows of a snapshot in the place of all there are. Within a transaction of the caller. */
export function putSnapshot(database: DatabaseSync, snapshot: Snapshot): void {
  for (const table of TABLES) {
    database.exec(`DELETE FROM ${table}`);
    const [first, ...others] = snapshot[table] ?? [];
    if (first === undefined) continue;
    const insert = database.prepare(`INSERT INTO ${table} VALUES (${first.map(() => "?").join(", ")})`);
    for (const row of [first, ...others]) insert.run(...row);
  }
}

function plainValue(value: SQLInputValue): string | number | null {
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new TypeError(`A snapshot holds texts and numbers, not a ${typeof value}.`);
}
