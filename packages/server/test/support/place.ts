import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { administer } from "../postgres/postgres-for-tests.ts";

/** Where a server stores its data: a folder, or a database. */
export interface Place {
  readonly dataFolder: string;
  readonly databaseUrl?: string;
}

export type Row = Readonly<Record<string, unknown>>;

/** Reads the tables directly, in one snapshot. The server must not write at the same time. */
export async function select(place: Place, ...statements: readonly string[]): Promise<Row[][]> {
  if (place.databaseUrl === undefined) return selectFromCopy(place.dataFolder, statements);
  const begin = "BEGIN ISOLATION LEVEL REPEATABLE READ";
  const [, ...results] = await administer(place.databaseUrl, begin, ...statements);
  return results.map(({ rows }) => rows);
}

/** The server locks its files, so this reads a copy, like after a crash. */
async function selectFromCopy(folder: string, statements: readonly string[]): Promise<Row[][]> {
  const copy = await mkdtemp(join(tmpdir(), "memory-api-server-"));
  try {
    for (const name of ["memory.db", "memory.db-wal"]) await copyFile(join(folder, name), join(copy, name));
    const database = new DatabaseSync(join(copy, "memory.db"));
    const results = statements.map((statement) => database.prepare(statement).all());
    database.close();
    return results;
  } finally {
    await rm(copy, { recursive: true });
  }
}
