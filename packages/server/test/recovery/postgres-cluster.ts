import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { onTestFinished } from "vitest";
import { administer, freePort } from "../postgres/postgres-for-tests.ts";
import { deployed, type RunningProgram, reasonWithout, runProgram, startProgram } from "../support/programs.ts";

/** Why no cluster with the tools of PostgreSQL can be started; `undefined` if it can. The PostgreSQL of npm has no `pg_basebackup`. */
export const reasonWithoutTools = reasonWithout("pg_basebackup", "postgresql");

/** Of every role. */
export const PASSWORD = "password";

/** A running PostgreSQL with its own data folder. It is killed when the test ends. */
export interface Cluster {
  readonly port: number;
  readonly url: string;
  /** Shuts down. */
  stop(): Promise<void>;
  /** Kills every process, like a machine that loses its power. */
  kill(): Promise<void>;
  /** Stops every process without closing connections, like a machine that hangs. */
  freeze(): void;
  /** Lets the stopped processes continue. */
  thaw(): void;
}

/** A string of `key=value` pairs for the tools of PostgreSQL. */
export function connectionString({ port }: Cluster, role: "postgres" | "replication" = "postgres"): string {
  return `host=127.0.0.1 port=${port} user=${role} password=${PASSWORD} dbname=postgres`;
}

/** Creates the roles in `deploy`, all with the same password. */
export async function createRoles(cluster: Cluster): Promise<void> {
  await runSql(cluster, "postgresql/roles.sql");
  await administer(
    cluster.url,
    ...["replication", "health"].map((role) => `ALTER ROLE ${role} PASSWORD '${PASSWORD}'`),
  );
}

/** Runs a file of `deploy`. */
export async function runSql(cluster: Cluster, name: string): Promise<void> {
  const stopAtError = "--set=ON_ERROR_STOP=1";
  await runProgram("psql", [
    "--no-psqlrc",
    stopAtError,
    "--dbname",
    connectionString(cluster),
    "--file",
    deployed(name),
  ]);
}

/** Creates the data folder of an empty cluster. */
export async function initializeCluster(dataFolder: string): Promise<void> {
  const passwordFile = `${dataFolder}.password`;
  await writeFile(passwordFile, PASSWORD);
  const options = ["--username=postgres", "--auth=password", `--pwfile=${passwordFile}`, "--encoding=UTF8"];
  await runProgram("initdb", [`--pgdata=${dataFolder}`, "--locale=C", "--no-sync", ...options]);
}

/**
 * Starts a cluster on a free port.
 *
 * @param settings such as `archive_mode=on`
 */
export async function startCluster(dataFolder: string, settings: readonly string[] = []): Promise<Cluster> {
  const port = await freePort();
  const all = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", ...settings];
  const args = ["-D", dataFolder, "-p", String(port), ...all.flatMap((setting) => ["-c", setting])];
  const program = await startProgram("postgres", args, "is ready to accept");
  let isRunning = true;
  const end = async (signal: NodeJS.Signals) => {
    if (!isRunning) return;
    isRunning = false;
    await program.end(signal);
  };
  const kill = async () => {
    // The first process is killed first, so that it starts no other.
    const others = isRunning ? childrenOf(program) : [];
    const ended = end("SIGKILL");
    signalAll(others, "SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  return {
    port,
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop: () => end("SIGINT"),
    kill,
    freeze: () => signalAll([program.pid, ...childrenOf(program)], "SIGSTOP"),
    thaw: () => signalAll([program.pid, ...childrenOf(program)], "SIGCONT"),
  };
}

function childrenOf({ pid }: RunningProgram): number[] {
  const lines = execFileSync("ps", ["-o", "pid=", "--ppid", String(pid)], { encoding: "utf8" });
  return lines.trim().split(/\s+/).map(Number);
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended already.
    }
  }
}
