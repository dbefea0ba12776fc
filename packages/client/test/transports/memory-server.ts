import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

/** Runs the command memory-server as a sandbox on a free port. */
export async function memoryServer() {
  const folder = await mkdtemp(join(tmpdir(), "memory-client-"));
  const readyFile = join(folder, "ready.json");
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("@memory-api/server/package.json");
  const command = join(manifest, "..", require(manifest).bin["memory-server"]);
  const options = ["--sandbox", "--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile];
  const child = spawn(process.execPath, [command, ...options], { stdio: "ignore" });
  const exited = once(child, "exit");
  const ready = await vi.waitFor(() => readFile(readyFile, "utf8"), { timeout: 30_000 });
  const { url, username, password } = JSON.parse(ready);
  return {
    baseUrl: String(url),
    credentials: { apiKey: String(username), apiSecret: String(password) },
    async stop() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}
