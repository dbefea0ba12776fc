import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Sandbox extends AsyncDisposable {
  readonly url: string;
  readonly storeId: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

const command = fileURLToPath(new URL("cli.js", import.meta.resolve("@memory-api/server")));
const site = fileURLToPath(new URL("../dist", import.meta.url));

/** Starts a server as `pnpm start` does: as a sandbox that serves the built site, on a free port. */
export async function serveSandbox(): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), "memory-docs-test-"));
  const readyFile = join(folder, "ready.json");
  const changes = watch(folder);
  const options = [
    "--sandbox",
    "--port",
    "0",
    "--data",
    join(folder, "data"),
    "--docs",
    site,
    "--ready-file",
    readyFile,
  ];
  const child = spawn(process.execPath, [command, ...options], { stdio: ["ignore", "ignore", "inherit"] });
  const exit = once(child, "exit");
  const ready = (async () => {
    for await (const { filename } of changes) if (filename === "ready.json") return;
  })();
  await Promise.race([ready, exit.then(() => Promise.reject(new Error("The server exited before it was ready.")))]);
  return {
    ...JSON.parse(await readFile(readyFile, "utf8")),
    async [Symbol.asyncDispose]() {
      child.kill();
      await exit;
      await rm(folder, { recursive: true });
    },
  };
}
