import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlannedFault } from "@memory-api/server";
import { vi } from "vitest";

const require = createRequire(import.meta.url);

/** The command of the server as a sandbox in a process of its own, on a free port. */
export async function startSandboxProcess() {
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  const readyFile = join(folder, "ready.json");
  const manifest = require.resolve("@memory-api/server/package.json");
  const command = join(manifest, "..", require(manifest).bin["memory-server"]);
  const given = ["--sandbox", "--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile];
  const child = spawn(process.execPath, [command, ...given], { stdio: ["ignore", "ignore", "inherit"] });
  const exited = once(child, "exit");
  const ready: { url: string; apiKey: string; apiSecret: string } = await vi.waitFor(
    async () => JSON.parse(await readFile(readyFile, "utf8")),
    { timeout: 60_000 },
  );
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${ready.url}/__sandbox/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}.`);
  };
  return {
    ...ready,
    reset: () => control("POST", "reset"),
    setFaults: (plan: readonly PlannedFault[]) => control("PUT", "faults", { plan }),
    async stop() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}
