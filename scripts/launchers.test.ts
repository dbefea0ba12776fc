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
import { stopWithLaunchers } from "${root}scripts/launchers.ts";
stopWithLaunchers();
process.on("SIGTERM", () => process.exit(console.log("stopped")));
process.stdin.on("data", (chunk) => process.exit(console.log("received " + chunk)));
setInterval(() => {}, 3_600_000);
console.error(process.pid);
`;

describe("a process that calls stopWithLaunchers", () => {
  it("stops when pnpm exits", async () => {
    const { outermost, output } = await launch((pnpm) => [pnpm]);
    outermost.kill("SIGKILL");
    expect(await output).toBe("stopped\n");
  });

  it("stops when the shell of npx exits, even if pnpm still runs", async ({ skip }) => {
    skip(!existsSync("/proc"), "this system has no /proc, which is needed to find the shell");
    const { outermost, output } = await launch(shellOfNpx);
    outermost.kill("SIGKILL");
    expect(await output).toBe("stopped\n");
  });

  it("keeps running while its launchers run", async () => {
    const { outermost, output } = await launch(shellOfNpx);
    outermost.stdin.end("hello");
    expect(await output).toBe("received hello\n");
  });
});

/** The command of npx, `sh -c "'pnpm' start"`, with arguments. The `exit` keeps the shell from replacing itself with pnpm. */
const shellOfNpx = (pnpm: string) => ["env", `PATH=${dirname(pnpm)}`, "/bin/sh", "-c", `'pnpm' "$@"; exit $?`, "sh"];

/** Starts `LAUNCHED` through a program with the name pnpm, which is started by the given command. Resolves when it is ready. */
async function launch(commandOf: (pnpm: string) => string[]) {
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
  onTestFinished(() => kill(pid));
  return { outermost, output };
}

async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface(stream)) return line;
  throw new Error("The process exited before it was ready.");
}

/** Kills the process if it is still running because the test failed. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // The process has already exited.
  }
}
