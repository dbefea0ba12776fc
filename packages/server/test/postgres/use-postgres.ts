import { afterAll, beforeAll, beforeEach } from "vitest";
import { type PostgresForTests, reasonToSkip, startPostgres } from "./postgres-for-tests.ts";

/**
 * Has a PostgreSQL for the tests of the file; they are skipped where there is none.
 *
 * @returns a function that makes a new, empty database and gives its URL
 */
export function usePostgres(): () => Promise<string> {
  let postgres: PostgresForTests | undefined;
  beforeAll(async () => {
    if (reasonToSkip === undefined) postgres = await startPostgres();
  });
  beforeEach(({ skip }) => skip(reasonToSkip !== undefined, reasonToSkip));
  afterAll(() => postgres?.stop());
  return () => {
    if (postgres === undefined) throw new Error("PostgreSQL is not running.");
    return postgres.createDatabase();
  };
}
