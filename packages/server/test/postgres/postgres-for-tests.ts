import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { embeddedPostgres } from "./embedded-postgres.ts";

/** A PostgreSQL server that provides databases for the tests of a file. */
export interface PostgresForTests {
  /** @returns the URL of a new, empty database */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

const testDatabaseUrl = process.env["TEST_DATABASE_URL"];

/** Why no PostgreSQL can be started; `undefined` if one can. */
export const reasonWithoutBinary = hasBinary()
  ? undefined
  : `no PostgreSQL is available for ${process.platform}-${process.arch}: set TEST_DATABASE_URL`;

/** Why tests on PostgreSQL cannot run; `undefined` if they can. */
export const reasonToSkip = testDatabaseUrl ? undefined : reasonWithoutBinary;

export interface PostgresServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Connects to the PostgreSQL that `TEST_DATABASE_URL` names, or starts one.
 *
 * @param sharedUrl URL of a PostgreSQL that is already running
 */
export async function startPostgres(sharedUrl?: string): Promise<PostgresForTests> {
  const url = testDatabaseUrl ?? sharedUrl;
  const server = url ? { url, stop: async () => {} } : await startServer();
  const databases: string[] = [];
  const createDatabase = async () => {
    const database = `memory_api_${randomUUID().replaceAll("-", "")}`;
    await administer(server.url, `CREATE DATABASE ${database}`);
    databases.push(database);
    const url = new URL(server.url);
    url.pathname = database;
    return url.href;
  };
  return {
    createDatabase,
    async stop() {
      for (const database of databases) await administer(server.url, `DROP DATABASE ${database} WITH (FORCE)`);
      await server.stop();
    },
  };
}

/** Runs statements on a database, one after another on the same connection. */
export async function administer(databaseUrl: string, ...statements: readonly string[]): Promise<pg.QueryResult[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  // A lost connection rejects the statement, too.
  client.on("error", () => {});
  await client.connect();
  try {
    const results = [];
    for (const statement of statements) results.push(await client.query(statement));
    return results;
  } finally {
    await client.end();
  }
}

function hasBinary(): boolean {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const parent = import.meta.resolve("embedded-postgres");
    return findPackageJSON(`@embedded-postgres/${platform}-${process.arch}`, parent) !== undefined;
  } catch {
    return false;
  }
}

/** @param settings more settings of PostgreSQL, such as `shared_buffers=1GB` */
export async function startServer(...settings: readonly string[]): Promise<PostgresServer> {
  const { default: EmbeddedPostgres } = await embeddedPostgres();
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: await mkdtemp(join(tmpdir(), "memory-api-postgres-")),
    port,
    persistent: false,
    // PostgreSQL does not run as root.
    createPostgresUser: process.getuid?.() === 0,
    // A language-specific default collation, so that code that relies on byte order must request it.
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en", "--no-sync"],
    postgresFlags: [
      "listen_addresses=127.0.0.1",
      "unix_socket_directories=",
      "fsync=off",
      "max_connections=300",
      ...settings,
    ].flatMap((setting) => ["-c", setting]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return { url: `postgres://postgres:password@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  return address.port;
}
