import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** The mock as a process of its own. */
export interface MockProcess {
  url: string;
  stop(): Promise<void>;
}

/** Starts the command of the mock with a given Node.js, on a free port. */
export async function startMockProcess(node: string, command: string): Promise<MockProcess> {
  const mock = spawn(node, [command, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(mock, "exit");
  for await (const line of createInterface(mock.stdout)) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url === undefined) continue;
    return {
      url,
      stop: async () => {
        mock.kill();
        await exit;
      },
    };
  }
  throw new Error(`The mock ended without saying where it listens: ${await exit}`);
}
