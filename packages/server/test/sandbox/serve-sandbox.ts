import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SANDBOX_CREDENTIAL, sandboxSettings } from "../../src/sandbox/sandbox-settings.ts";
import { startServer } from "../../src/server.ts";
import { type Call, callOf } from "./call-sandbox.ts";

export interface ServedSandbox extends AsyncDisposable {
  readonly url: string;
  /** Calls it over the network. */
  readonly call: Call;
}

/**
 * A server that is a sandbox, on a port of its own. Its clock runs.
 *
 * @param kept a data folder that stays; without it there is a new one, which is removed
 */
export async function serveSandbox({
  host = "127.0.0.1",
  kept,
}: {
  host?: string;
  kept?: string;
} = {}): Promise<ServedSandbox> {
  const dataFolder = kept ?? (await mkdtemp(join(tmpdir(), "memory-sandbox-")));
  const settings = await sandboxSettings("served", {});
  const server = await startServer({ ...settings, host, port: 0, dataFolder, logLevel: "silent" });
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
