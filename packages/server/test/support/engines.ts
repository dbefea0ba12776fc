import { describe } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { usePgBouncer } from "../pgbouncer/use-pgbouncer.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import type { Place } from "./place.ts";

export interface Engine {
  readonly name: "SQLite" | "PostgreSQL" | "PostgreSQL behind PgBouncer";
  /** Creates an empty place for the data of the current test. */
  newPlace(): Promise<Place>;
}

/** Defines the same tests for both engines. */
export function describeEngines(name: string, tests: (engine: Engine) => void): void {
  describe(`${name} on SQLite`, () => {
    tests({ name: "SQLite", newPlace: async () => ({ dataFolder: await temporaryFolder() }) });
  });
  describe(`${name} on PostgreSQL`, () => tests(onPostgres("PostgreSQL", usePostgres())));
}

/** Defines the same tests for PostgreSQL behind PgBouncer. */
export function describeBehindPgBouncer(name: string, tests: (engine: Engine) => void): void {
  const engine = "PostgreSQL behind PgBouncer";
  describe(`${name} on ${engine}`, () => tests(onPostgres(engine, usePgBouncer())));
}

function onPostgres(name: Engine["name"], createDatabase: () => Promise<string>): Engine {
  return {
    name,
    newPlace: async () => ({ dataFolder: await temporaryFolder(), databaseUrl: await createDatabase() }),
  };
}
