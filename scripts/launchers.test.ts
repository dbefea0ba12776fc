import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "./turbo.ts";

const LAUNCHER = `
import { spawn } from "node:child_process";
const [program, ...options] = process.argv.slice(2);
spawn(program, options, { stdio: "inherit" }).on("exit", () => process.exit());
`;

const LAUNCHED = `
import { endWithLaunchers } from "${root}scripts/launchers.ts";
endWithLaunchers();
process.on("SIGTERM", () => process.exit(console.log("stopped")));
process.stdin.on("data", (chunk) => process.exit(console.log("heard " + chunk)));
setInterval(() => {}, 3_600_000);
console.error(process.pid);
`;

describe("a process that ends with its launchers", () => {
  it("stops when pnpm is gone", async () => {
    const { outermost, output } = await launched((pnpm) => [pnpm]);
    outermost.kill("SIGKILL");
    expect(await output).toBe("stopped\n");
  });

  it("stops when the shell of npx is gone, although pnpm still runs", async ({ skip }) => {
    skip(!existsSync("/proc"), "this system has no /proc to see it in");
    const { outermost, output } = await launched(shellOfNpx);
    outermost.kill("SIGKILL");
    expect(await output).toBe("stopped\n");
  });

  it("runs on while they do", async () => {
    const { outermost, output } = await launched(shellOfNpx);
    outermost.stdin.end("hello");
    expect(await output).toBe("heard hello\n");
  });
});

/** What npx runs, `sh -c "'pnpm' start"`, with the arguments handed on, and kept from replacing itself by pnpm. */
const shellOfNpx = (pnpm: string) => ["env", `PATH=${dirname(pnpm)}`, "/bin/sh", "-c", `'pnpm' "$@"; exit $?`, "sh"];

/** Starts it under a program of the name pnpm, started by that command, and waits until it is ready. */
async function launched(commandOf: (pnpm: string) => string[]) {
  const folder = await mkdtemp(join(tmpdir(), "launchers-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const pnpm = join(folder, "pnpm");
  const launcher = join(folder, "launcher.mjs");
  const program = join(folder, "launched.mjs");
  await symlink(process.execPath, pnpm);
  await writeFile(launcher, LAUNCHER);
  await writeFile(program, LAUNCHED);
  const [command = pnpm, ...options] = commandOf(pnpm);
  const outermost = spawn(command, [...options, launcher, process.execPath, program]);
  const output = text(outermost.stdout);
  const pid = Number(await firstLine(outermost.stderr));
  onTestFinished(() => stop(pid));
  return { outermost, output };
}

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface(stream)) return line;
  throw new Error("It ended before it was ready.");
}

/** Where it did not end by itself, the test has failed, and nothing may be left behind. */
function stop(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended, as it should.
  }
}
