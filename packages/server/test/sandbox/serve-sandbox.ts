import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DestinationStream } from "pino";
import { startServer } from "../../src/process/start-server.ts";
import { SANDBOX_CREDENTIAL, sandboxSettings } from "../../src/sandbox/sandbox-settings.ts";
import { type Call, callOf } from "./call-sandbox.ts";

export interface ServedSandbox extends AsyncDisposable {
  readonly url: string;
  /** Calls the sandbox over the network. */
  readonly call: Call;
}

/**
 * Starts a server as a sandbox, on a free port. Its clock runs.
 *
 * @param kept a data folder that is not removed; by default, a temporary folder
 */
export async function serveSandbox({
  host = "127.0.0.1",
  kept,
  docsFolder,
  log,
}: {
  host?: string;
  kept?: string;
  docsFolder?: string;
  log?: DestinationStream;
} = {}): Promise<ServedSandbox> {
  const dataFolder = kept ?? (await mkdtemp(join(tmpdir(), "memory-sandbox-")));
  const settings = await sandboxSettings({ seed: "served" });
  const sandbox = { seed: "served", credential: SANDBOX_CREDENTIAL, ...(docsFolder !== undefined && { docsFolder }) };
  const logLevel = log ? "warn" : "silent";
  const server = await startServer({ ...settings, sandbox, host, port: 0, dataFolder, logLevel }, log);
  const [storeId = ""] = settings.stores.keys();
  const { url } = server;
  return {
    url,
    call: callOf({ fetch, url, credentials: SANDBOX_CREDENTIAL, storeId }),
    async [Symbol.asyncDispose]() {
      await server.close();
      if (kept === undefined) await rm(dataFolder, { recursive: true });
    },
  };
}
