import { readFileSync } from "node:fs";

const LAUNCHER = /^(npm exec|(\S*\/)?(ba|da|z)?sh -c '?pnpm'?|(\S*\/)?p(npm|n|npx|nx)) /;

/**
 * Stops this process when one of its launchers exits: pnpm, and the shell and npm of `npx pnpm`. None of them forwards a
 * SIGTERM, so without this function, the process would keep running after `npx` was stopped.
 */
export function stopWithLaunchers(): void {
  const launchers = launchersFrom(process.ppid);
  setInterval(() => {
    if (!launchers.every(isRunning)) process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}

/** Returns this launcher and the launchers above it. Without /proc, only the parent of this process is known. */
function launchersFrom(pid: number): number[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    if (!LAUNCHER.test(command)) return [];
    const [, parent] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return [pid, ...launchersFrom(Number(parent))];
  } catch {
    return pid === process.ppid ? [pid] : [];
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
