import type { DatabaseSync } from "node:sqlite";
import pg from "pg";
import type { UpsertCommand } from "../src/domain/commands/command.ts";
import type { TraitGroup } from "../src/domain/profiles/profile-rows.ts";
import { encodeTraitGroup } from "../src/storage/trait-group-json.ts";
import { STORE } from "./settings.ts";

type Insert = (batch: readonly UpsertCommand[]) => Promise<void>;

/** Inserts the rows that resolution of the batch would write, each with a prepared statement, in one transaction. */
export function insertIntoSqlite(database: DatabaseSync, batch: readonly UpsertCommand[]): void {
  const profile = database.prepare("INSERT INTO profiles VALUES (?, ?, ?, NULL)");
  const identifier = database.prepare("INSERT INTO identifiers VALUES (?, ?, ?, ?, ?)");
  const group = database.prepare("INSERT INTO trait_groups VALUES (?, ?, ?, ?)");
  database.exec("BEGIN IMMEDIATE");
  for (const { newId, acceptedAt, identifiers, changes } of batch) {
    profile.run(STORE, newId, Math.floor(acceptedAt / 1000));
    for (const { type, value } of identifiers) identifier.run(STORE, type, value, newId, acceptedAt);
    group.run(STORE, newId, "Contact", traitsOf(changes, acceptedAt));
  }
  database.exec("COMMIT");
}

/** Inserts the same rows with one multi-row statement per table, in one transaction. */
export async function insertIntoPostgres(
  connectionString: string,
): Promise<{ insert: Insert; close(): Promise<void> }> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const insert: Insert = async (batch) => {
    const ids = batch.map(({ newId }) => newId);
    const identifiers = batch.flatMap(({ newId, acceptedAt, identifiers }) =>
      identifiers.map(({ type, value }) => [type, value, newId, acceptedAt] as const),
    );
    await client.query("BEGIN");
    await client.query("INSERT INTO profiles SELECT $1, * FROM unnest($2::text[], $3::bigint[])", [
      STORE,
      ids,
      batch.map(({ acceptedAt }) => Math.floor(acceptedAt / 1000)),
    ]);
    await client.query(
      "INSERT INTO identifiers SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[])",
      [STORE, ...([0, 1, 2, 3] as const).map((column) => identifiers.map((row) => row[column]))],
    );
    await client.query("INSERT INTO trait_groups SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[])", [
      STORE,
      ids,
      batch.map(() => "Contact"),
      batch.map(({ changes, acceptedAt }) => traitsOf(changes, acceptedAt)),
    ]);
    await client.query("COMMIT");
  };
  return { insert, close: () => client.end() };
}

function traitsOf(changes: UpsertCommand["changes"], writtenAt: number): string {
  const traits: TraitGroup = new Map();
  for (const { trait, value } of changes) if (value !== null) traits.set(trait, { value, writtenAt });
  return encodeTraitGroup(traits);
}
