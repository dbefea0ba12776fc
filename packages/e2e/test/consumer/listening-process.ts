import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A process that accepts requests. */
export interface ListeningProcess {
  url: string;
  /** Resolves with the exit code. */
  stop(): Promise<number | null>;
}

/**
 * Starts a server on a free port, and waits until it prints its URL.
 *
 * @param node executable of Node.js
 * @param command script that accepts `--port`
 * @throws {Error} if the process exits before it prints a URL
 */
export async function startListeningProcess(
  node: string,
  command: string,
  options: readonly string[] = [],
): Promise<ListeningProcess> {
  const child = spawn(node, [command, "--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  for await (const line of createInterface(child.stdout)) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    return {
      url,
      stop: async () => {
        child.kill();
        const [code] = await exit;
        return code;
      },
    };
  }
  throw new Error(`The process exited before it printed its URL, with code ${(await exit)[0]}.`);
}
