import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A server that runs as a process. It stops when it is disposed of. */
export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  readonly storeId: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

const command = fileURLToPath(new URL("cli.js", import.meta.resolve("@memory-api/server")));

/**
 * Starts a server on a free port, with a data folder of its own. Resolves when it accepts requests.
 *
 * @param options more options of `memory-server`
 * @throws {Error} if the server exits before
 */
export async function runServer(...options: readonly string[]): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "memory-docs-"));
  const readyFile = join(folder, "ready.json");
  const changes = watch(folder);
  const own = ["--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile];
  const child = spawn(process.execPath, [command, ...own, ...options], { stdio: ["ignore", "ignore", "ignore"] });
  const exit = once(child, "exit");
  const ready = (async () => {
    for await (const { filename } of changes) if (filename === "ready.json") return;
  })();
  const failure = exit.then(([code]) =>
    Promise.reject(new Error(`The server exited with code ${code} before it was ready.`)),
  );
  await Promise.race([ready, failure]);
  failure.catch(() => {});
  return {
    ...JSON.parse(await readFile(readyFile, "utf8")),
    async [Symbol.asyncDispose]() {
      child.kill();
      await exit;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
