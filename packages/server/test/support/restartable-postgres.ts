import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { embeddedPostgres } from "../postgres/embedded-postgres.ts";
import { freePort, reasonToSkip } from "../postgres/postgres-for-tests.ts";

export interface RestartablePostgres {
  readonly databaseUrl: string;
  /** Closes every connection, and rolls back open transactions. */
  stop(): Promise<void>;
  /** Kills it without a shutdown, so that it has to recover when it starts. */
  crash(): Promise<void>;
  start(): Promise<void>;
}

/** Why PostgreSQL cannot be restarted; `undefined` if it can. */
export const reasonNotToRestart = process.env["TEST_DATABASE_URL"]
  ? "the PostgreSQL that TEST_DATABASE_URL names must not be stopped"
  : reasonToSkip;

/** Starts a PostgreSQL for the current test only. */
export async function startRestartablePostgres(): Promise<RestartablePostgres> {
  const { default: EmbeddedPostgres } = await embeddedPostgres();
  const databaseDir = await mkdtemp(join(tmpdir(), "memory-api-postgres-"));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    ...{ databaseDir, port, persistent: true },
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"],
    onLog: () => {},
    onError: () => {},
  });
  onTestFinished(() => rm(databaseDir, { recursive: true }));
  onTestFinished(() => server.stop());
  await server.initialise();
  await server.start();
  return {
    databaseUrl: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
    async crash() {
      const [pid] = (await readFile(join(databaseDir, "postmaster.pid"), "utf8")).split("\n");
      process.kill(Number(pid), "SIGQUIT");
      await server.stop();
    },
    start: () => server.start(),
  };
}
