import { describe } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import type { Place } from "./place.ts";

export interface Engine {
  readonly name: "SQLite" | "PostgreSQL";
  /** A new place for the data of the running test. */
  newPlace(): Promise<Place>;
}

/** Says the same of servers on both engines. */
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
