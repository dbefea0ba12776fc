import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface Child {
  readonly url: string;
  /** Resident memory now, in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

/** Starts `serve.ts` with these arguments. */
export async function startChild(...parameters: string[]): Promise<Child> {
  const child = fork(fileURLToPath(new URL("serve.ts", import.meta.url)), parameters);
  const [url] = await Promise.race([once(child, "message"), failure(child)]);
  return {
    url: String(url),
    memory: () => residentMiB(child.pid),
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

async function failure(child: ChildProcess): Promise<never> {
  const [code] = await once(child, "exit");
  throw new Error(`The server exited with ${code} before it was ready.`);
}

/** Resident memory of the process, from `/proc` on Linux. */
export function residentMiB(pid: number | undefined): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kib) / 1024;
}
