import { readFileSync } from "node:fs";

const LAUNCHER = /^(npm exec|(\S*\/)?(ba|da|z)?sh -c '?pnpm'?|(\S*\/)?p(npm|n|npx|nx)) /;

/**
 * Ends this process when one of those that launched it is gone: pnpm, and the shell and the npm of `npx pnpm`. None of
 * them passes a SIGTERM on, so whoever stops `npx` would leave what it started behind.
 */
export function endWithLaunchers(): void {
  const launchers = launchersOf(process.ppid);
  setInterval(() => {
    if (!launchers.every(isRunning)) process.kill(process.pid, "SIGTERM");
  }, 500).unref();
}

/** The launchers in a row above this process. Only pnpm itself where the system has no /proc. */
function launchersOf(pid: number): number[] {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    if (!LAUNCHER.test(command)) return [];
    const [, parent] = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return [pid, ...launchersOf(Number(parent))];
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
