import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Kills the process, like a power failure. */
  kill(): Promise<void>;
  /** Shuts it down gracefully. */
  stop(): Promise<void>;
}

const skewedClock = new URL("./fixtures/skewed-clock.mjs", import.meta.url).href;
const entry = fileURLToPath(new URL("./server-entry.ts", import.meta.url));

export interface ProcessOptions {
  /** A command with options that runs the process, such as `strace`. */
  readonly runner?: readonly string[];
  /** Offset of its system clock, in milliseconds. */
  readonly clockSkewMs?: number;
}

/** Starts a server in a separate process, which ends with the test at the latest. */
export async function startServerProcess(settings: Settings, options: ProcessOptions = {}): Promise<ServerProcess> {
  const { runner = [], clockSkewMs } = options;
  const [execPath = process.execPath, ...execArgv] = [
    ...runner,
    process.execPath,
    "--disable-warning=ExperimentalWarning",
    ...(clockSkewMs === undefined ? [] : ["--import", skewedClock]),
  ];
  const env = { ...process.env, CLOCK_SKEW_MS: String(clockSkewMs) };
  const child = fork(entry, { execPath, execArgv, env, serialization: "advanced" });
  const { pid } = child;
  const ended = once(child, "exit");
  child.send(settings);
  const [url] = await Promise.race([once(child, "message"), ended.then(() => ["ended"])]);
  if (pid === undefined || url === "ended") throw new Error("The server exited before it listened.");
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  return {
    url,
    pid,
    kill,
    async stop() {
      child.send("stop");
      await ended;
    },
  };
}
