import { spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { administer } from "../postgres/postgres-for-tests.ts";
import type { Worker } from "./use-citus.ts";

const POLL_MS = 20;

const FILES = `SELECT pg_read_file('postmaster.pid') AS pid, pg_read_file('postmaster.opts') AS command,
  current_setting('data_directory') AS folder`;

/**
 * Kills a worker on this machine without a shutdown, so that it has to recover when it starts.
 *
 * @returns starts it again, and resolves once it accepts connections
 */
export async function crashWorker({ url }: Worker): Promise<() => Promise<void>> {
  const [result] = await administer(url, FILES);
  const { pid, command, folder } = result?.rows[0] ?? {};
  const [file = "", ...options] = String(command)
    .trim()
    .split(/ (?=")/);
  const { uid, gid } = await stat(folder);
  process.kill(Number.parseInt(pid, 10), "SIGQUIT");
  while (isRunning(Number.parseInt(pid, 10))) await setTimeout(POLL_MS);
  return async () => {
    const args = options.map((option) => option.slice(1, -1));
    // The home folder of this user would have settings of libpq that the worker may not read.
    const env = { PATH: process.env["PATH"] };
    const server = spawn(file, args, { uid, gid, env, detached: true, stdio: "ignore", cwd: folder });
    await once(server, "spawn");
    server.unref();
    while (!(await accepts(url))) await setTimeout(POLL_MS);
  };
}

/**
 * Stops the processes of a worker on this machine, which then keeps its connections and does not respond.
 *
 * @returns lets them continue
 */
export async function hangWorker({ url }: Worker): Promise<() => void> {
  const [files, activity] = await administer(
    url,
    FILES,
    "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()",
  );
  const pids = [Number.parseInt(files?.rows[0]?.pid, 10), ...(activity?.rows ?? []).map(({ pid }) => Number(pid))];
  const signal = (name: "SIGSTOP" | "SIGCONT") => {
    for (const pid of pids) if (isRunning(pid)) process.kill(pid, name);
  };
  signal("SIGSTOP");
  return () => signal("SIGCONT");
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function accepts(url: string): Promise<boolean> {
  return administer(url, "SELECT").then(
    () => true,
    () => false,
  );
}
