import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, inject } from "vitest";
import { type PostgresForTests, reasonToSkip, startPostgres } from "./postgres-for-tests.ts";

/**
 * Provides PostgreSQL for the tests of the file: the server that all files of the run share or, without a global setup, a server of its
 * own. On a machine without PostgreSQL, the tests are skipped.
 *
 * @returns a function that creates a new, empty database and returns its URL
 */
export function usePostgres(): () => Promise<string> {
  let postgres: PostgresForTests | undefined;
  beforeAll(async () => {
    if (reasonToSkip === undefined) postgres = await startPostgres(await sharedUrl());
  });
  beforeEach(({ skip }) => skip(reasonToSkip !== undefined, reasonToSkip));
  afterAll(() => postgres?.stop());
  return () => {
    if (postgres === undefined) throw new Error("PostgreSQL is not running.");
    return postgres.createDatabase();
  };
}

async function sharedUrl(): Promise<string | undefined> {
  const port = inject("sharedPostgresPort");
  return port === undefined ? undefined : text(connect(port, "127.0.0.1"));
}
