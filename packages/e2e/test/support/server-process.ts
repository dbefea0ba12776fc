import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

const require = createRequire(import.meta.url);

export interface ServerProcess {
  readonly url: string;
  readonly storeId: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  stop(): Promise<void>;
}

/**
 * Starts the server as a process on a free port, with a data folder of its own. Resolves when the server accepts requests.
 *
 * @param options additional options of the command
 * @throws {Error} with the output of the server, if it exits first
 */
export async function startServerProcess(options: readonly string[] = []): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), "memory-server-"));
  const readyFile = join(folder, "ready.json");
  const manifest = require.resolve("@memory-api/server/package.json");
  const command = join(manifest, "..", require(manifest).bin["memory-server"]);
  const defaults = ["--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile, "--log-level", "warn"];
  const child = spawn(process.execPath, [command, ...defaults, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => printed.push(String(text)));
  const exited = once(child, "exit");

  let ready: string | undefined;
  while (ready === undefined) {
    if (child.exitCode !== null) throw new Error(`The server exited before it accepted requests.\n${printed.join("")}`);
    await setTimeout(20);
    ready = await readFile(readyFile, "utf8").catch(() => undefined);
  }
  return {
    ...JSON.parse(ready),
    async stop() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}
