import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The command of a package as a process of its own. */
export interface ListeningProcess {
  url: string;
  /** @returns the exit code */
  stop(): Promise<number | null>;
}

/** Starts a command with a given Node.js, on a free port. */
export async function startListening(
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
  throw new Error(`The command ended without saying where it listens: ${await exit}`);
}
