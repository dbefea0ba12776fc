import { describe } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import type { Place } from "./place.ts";

export interface Engine {
  readonly name: "SQLite" | "PostgreSQL";
  /** Creates an empty place for the data of the current test. */
  newPlace(): Promise<Place>;
}

/** Defines the same tests for both engines. */
export function describeEngines(name: string, tests: (engine: Engine) => void): void {
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
}
