import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";

/** Runs the command memory-server as a sandbox on a free port, with its own folder. */
export async function sandboxProcess() {
  const folder = await mkdtemp(join(tmpdir(), "memory-client-"));
  const readyFile = join(folder, "ready.json");
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("@memory-api/server/package.json");
  const server = join(manifest, "..", require(manifest).bin["memory-server"]);
  const options = ["--sandbox", "--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile];
  const child = spawn(process.execPath, [server, ...options], { stdio: "ignore" });
  const ended = once(child, "exit");
  const ready = JSON.parse(await vi.waitFor(() => readFile(readyFile, "utf8"), { timeout: 30_000 }));

  async function control(method: string, path: string, body?: object): Promise<unknown> {
    const headers = { "Content-Type": "application/json" };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(`${ready.url}/__sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    const text = await response.text();
    return text === "" ? undefined : JSON.parse(text);
  }

  return {
    folder,
    readyFile,
    url: String(ready.url),
    storeId: "mem_store_00000000000000000000000000" as const,
    credentials: { apiKey: String(ready.apiKey), apiSecret: String(ready.apiSecret) },
    /** Environment variables of a program that uses the sandbox. */
    environment: {
      MEMORY_BASE_URL: String(ready.url),
      MEMORY_STORE_ID: String(ready.storeId),
      TWILIO_API_KEY: String(ready.apiKey),
      TWILIO_API_SECRET: String(ready.apiSecret),
    },
    reset: () => control("POST", "reset", {}),
    /** Sets the fault plan of the server. */
    planFaults: (plan: readonly object[]) => control("PUT", "faults", { plan }),
    /** Injects a fault into every request of an operation. */
    fail: (operationId: string, fault: object) => control("PUT", "faults", { plan: [{ operationId, fault }] }),
    /** Number of faults that were injected. */
    async faultCount(): Promise<number> {
      const { fired }: { fired: unknown[] } = Object(await control("GET", "faults"));
      return fired.length;
    },
    /** Removes all faults. */
    recover: () => control("DELETE", "faults"),
    async seed(profiles: readonly object[]): Promise<string[]> {
      const seeded: { profiles?: string[] } = Object(await control("POST", "seed", { profiles }));
      return seeded.profiles ?? [];
    },
    /** IDs of the requested operations. */
    async requestedOperations(): Promise<string[]> {
      const { requests }: { requests: { operationId: string }[] } = Object(await control("GET", "requests"));
      return requests.map(({ operationId }) => operationId);
    },
    async write(name: string, content: string): Promise<string> {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    async stop() {
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
