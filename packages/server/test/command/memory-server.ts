import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const cli = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

interface Run {
  /** Working directory. */
  readonly cwd?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** The content of standard input. */
  readonly input?: string;
}

/** Starts the command with only `PATH` from the environment of this process. Kills it when the test ends. */
export function memoryServer(options: readonly string[], { cwd, environment, input = "" }: Run = {}) {
  const child = spawn(process.execPath, [cli, ...options], {
    ...(cwd !== undefined && { cwd }),
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  // A command that ends does not read its input.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Returns what a command prints to standard output and standard error, and its exit code. */
export async function outcomeOf(child: ReturnType<typeof memoryServer>) {
  const [printed, complaint, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, printed, complaint };
}

/** Returns what the server prints until it accepts requests, including its log. */
export function untilReady(child: ReturnType<typeof memoryServer>): Promise<string> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on("line", (line) => {
        lines.push(line);
        if (line === "Press Ctrl-C to stop.") resolve(lines.join("\n"));
      });
    }
    child.once("close", () => reject(new Error(`The server exited before it was ready: ${lines.join("\n")}`)));
  });
}
