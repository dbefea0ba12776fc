import { describe } from "vitest";
import { useCitus } from "../citus/use-citus.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { usePgBouncer } from "../pgbouncer/use-pgbouncer.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import type { Place } from "./place.ts";

export interface Engine {
  readonly name: "SQLite" | "PostgreSQL" | "PostgreSQL behind PgBouncer" | "Citus";
  /** Creates an empty place for the data of the current test. */
  newPlace(): Promise<Place>;
}

/**
 * Defines the same tests for both engines, and for PostgreSQL as a Citus cluster.
 *
 * @param isForCitus `false` if the tests change the owner of the tables or the like
 */
export function describeEngines(name: string, tests: (engine: Engine) => void, isForCitus = true): void {
  describe(`${name} on SQLite`, () => {
    tests({ name: "SQLite", newPlace: async () => ({ dataFolder: await temporaryFolder() }) });
  });
  describe(`${name} on PostgreSQL`, () => tests(onPostgres("PostgreSQL", usePostgres())));
  if (isForCitus) describe(`Citus: ${name}`, () => tests(onPostgres("Citus", useCitus().create)));
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
