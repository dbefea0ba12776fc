import { afterAll, beforeEach } from "vitest";
import { usePostgres } from "../postgres/use-postgres.ts";
import { type PgBouncer, type PgBouncerOptions, reasonWithoutPgBouncer, startPgBouncer } from "./start-pgbouncer.ts";

/**
 * Provides PostgreSQL behind PgBouncer for the tests of the file. Without PgBouncer, the tests are skipped.
 *
 * @returns a function that creates a new, empty database and returns its URL through PgBouncer
 */
export function usePgBouncer(options: Omit<PgBouncerOptions, "databaseUrl"> = {}): () => Promise<string> {
  const createDatabase = usePostgres();
  let pgBouncer: Promise<PgBouncer> | undefined;
  beforeEach(({ skip }) => skip(reasonWithoutPgBouncer !== undefined, reasonWithoutPgBouncer));
  afterAll(async () => (await pgBouncer)?.stop());
  return async () => {
    const databaseUrl = await createDatabase();
    pgBouncer ??= startPgBouncer({ databaseUrl, ...options });
    return (await pgBouncer).through(databaseUrl);
  };
}
