import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "../postgres/postgres-for-tests.ts";
import { folderForPrograms, readDeployed, reasonWithout, startProgram } from "../support/programs.ts";

/** Why PgBouncer cannot be started; `undefined` if it can. */
export const reasonWithoutPgBouncer = reasonWithout("pgbouncer", "pgbouncer");

export interface PgBouncer {
  /** The URL of a database of the same server, through PgBouncer. */
  through(databaseUrl: string): string;
  stop(): Promise<void>;
}

export interface PgBouncerOptions {
  /** A database of the server behind it. */
  readonly databaseUrl: string;
  /** Number of connections for each database. By default, as in `deploy`. */
  readonly poolSize?: number;
  /** How long a client waits for one of them, in seconds. By default, as in `deploy`. */
  readonly waitSeconds?: number;
}

/** Starts PgBouncer with the configuration in `deploy`. */
export async function startPgBouncer({
  databaseUrl,
  poolSize = 20,
  waitSeconds = 5,
}: PgBouncerOptions): Promise<PgBouncer> {
  const { hostname, port: serverPort, username, password } = new URL(databaseUrl);
  const [folder, port] = [await folderForPrograms(), await freePort()];
  const [configuration, users] = [join(folder, "pgbouncer.ini"), join(folder, "userlist.txt")];
  const text = await readDeployed("pgbouncer/pgbouncer.ini", {
    "memory = host=pg.internal port=5432": `* = host=${hostname} port=${serverPort}`,
    "listen_port = 6432": `listen_port = ${port}`,
    "/etc/pgbouncer/userlist.txt": users,
    "default_pool_size = 20": `default_pool_size = ${poolSize}`,
    "query_wait_timeout = 5": `query_wait_timeout = ${waitSeconds}`,
  });
  await writeFile(configuration, text);
  await writeFile(users, `"${decodeURIComponent(username)}" "${decodeURIComponent(password)}"\n`);
  const program = await startProgram("pgbouncer", [configuration], "process up");
  return {
    through: (url) => Object.assign(new URL(url), { hostname: "127.0.0.1", port: String(port) }).href,
    async stop() {
      await program.end("SIGTERM");
      await rm(folder, { recursive: true });
    },
  };
}
