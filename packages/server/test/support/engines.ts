import { describe } from "vitest";
import { useCitus } from "../citus/use-citus.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import type { Place } from "./place.ts";

export interface Engine {
  readonly name: "SQLite" | "PostgreSQL" | "Citus";
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
  describe(`${name} on PostgreSQL`, () => {
    const createDatabase = usePostgres();
    tests({
      name: "PostgreSQL",
      newPlace: async () => ({ dataFolder: await temporaryFolder(), databaseUrl: await createDatabase() }),
    });
  });
  if (!isForCitus) return;
  describe(`Citus: ${name}`, () => {
    const citus = useCitus();
    tests({
      name: "Citus",
      newPlace: async () => ({ dataFolder: await temporaryFolder(), databaseUrl: await citus.create() }),
    });
  });
}
