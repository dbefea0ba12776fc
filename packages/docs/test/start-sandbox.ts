import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("cli.js", import.meta.resolve("@memory-api/server")));

/** A sandbox that runs as a process. */
export interface SandboxProcess {
  /** The variables that the samples read. */
  readonly environment: { readonly MEMORY_BASE_URL: string; TWILIO_API_KEY: string; TWILIO_API_SECRET: string };
  /** Calls the control API, and returns the body of the response, if it has one. */
  control(method: "GET" | "POST", path: string, body?: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a sandbox on a free port. Resolves when it accepts requests. */
export async function startSandbox(): Promise<SandboxProcess> {
  const folder = await mkdtemp(join(tmpdir(), "memory-docs-sandbox-"));
  const readyFile = join(folder, "ready.json");
  const changes = watch(folder);
  const options = ["--sandbox", "--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile];
  const child = spawn(process.execPath, [command, ...options], { stdio: "ignore" });
  const exited = once(child, "exit");
  const ready = (async () => {
    for await (const { filename } of changes) if (filename === "ready.json") return;
  })();
  await Promise.race([ready, exited]);
  if (child.exitCode !== null) throw new Error(`The sandbox exited with code ${child.exitCode}.`);

  const { url, apiKey, apiSecret } = JSON.parse(await readFile(readyFile, "utf8"));
  return {
    environment: { MEMORY_BASE_URL: url, TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret },
    async control(method, path, body) {
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(`${url}/__sandbox/${path}`, {
        method,
        headers,
        body: body ? JSON.stringify(body) : null,
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} /__sandbox/${path}: ${response.status} ${text}`);
      return text === "" ? undefined : JSON.parse(text);
    },
    async stop() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
