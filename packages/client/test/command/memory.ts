import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const cli = fileURLToPath(new URL("../../src/command/cli.ts", import.meta.url));

interface Run {
  /** In place of this process's environment, but for the path. */
  readonly environment?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Starts the command. It ends with the test at the latest. */
export function startMemory(given: readonly string[], { environment, cwd }: Run = {}) {
  const child = spawn(process.execPath, [cli, ...given], {
    ...(cwd !== undefined && { cwd }),
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** What it printed, and how it ended. */
export async function outcomeOf(child: ReturnType<typeof startMemory>) {
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code, stdout, stderr };
}

/** Runs the command to its end, with this on its standard input. */
export function memory(given: readonly string[], { input = "", ...run }: Run & { readonly input?: string } = {}) {
  const child = startMemory(given, run);
  // It may end without having read it.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return outcomeOf(child);
}

/** The lines of JSON that it printed. */
export function documents(printed: string): unknown[] {
  return printed
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}
