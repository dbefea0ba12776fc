import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Ends it as a power cut would: nothing in it can tell. */
  kill(): Promise<void>;
  /** Lets it finish what is under way. */
  stop(): Promise<void>;
}

const entry = fileURLToPath(new URL("./server-entry.ts", import.meta.url));

/**
 * Starts the server in a process of its own, which ends with the test at the latest.
 *
 * @param runner a command, with its options, that runs the process
 */
export async function startServerProcess(settings: Settings, runner: readonly string[] = []): Promise<ServerProcess> {
  const [execPath = process.execPath, ...execArgv] = [
    ...runner,
    process.execPath,
    "--disable-warning=ExperimentalWarning",
  ];
  const child = fork(entry, { execPath, execArgv, serialization: "advanced" });
  const { pid } = child;
  const ended = once(child, "exit");
  child.send(settings);
  const [url] = await Promise.race([once(child, "message"), ended.then(() => ["ended"])]);
  if (pid === undefined || url === "ended") throw new Error("The server ended before it listened.");
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
