import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const cli = fileURLToPath(new URL("../../src/command/cli.ts", import.meta.url));

interface Run {
  /** Replaces the environment of this process, except PATH. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Starts the command, which is killed when the test has finished. */
export function startMemory(given: readonly string[], { environment, cwd }: Run = {}) {
  const child = spawn(process.execPath, [cli, ...given], {
    ...(cwd !== undefined && { cwd }),
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Waits for the end of the command, and returns its output and its exit code. */
export async function outcomeOf(child: ReturnType<typeof startMemory>) {
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

/** Runs the command with an input. */
export function memory(given: readonly string[], { input = "", ...run }: Run & { readonly input?: string } = {}) {
  const child = startMemory(given, run);
  // The command may end without reading its input.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return outcomeOf(child);
}

/** Parses output of one JSON document per line. */
export function documents(printed: string): unknown[] {
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
