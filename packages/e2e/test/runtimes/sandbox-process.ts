import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startLocalServer } from "../support/local-server.ts";
import { resetSandbox } from "../support/sandbox-control.ts";
import { startServerProcess } from "../support/server-process.ts";
import type { SandboxSettings } from "./suite/check.ts";

const account = `AC${"0".repeat(32)}`;
const storeId = "mem_store_00000000000000000000000000";
const credentials = { apiKey: `SK${"0".repeat(32)}`, apiSecret: "sandbox" };
const nonAsciiCredentials = { apiKey: "Schlüssel", apiSecret: "ключ 🔑" };

/** A sandbox in a process of its own, which all runtimes share. Reset it before each runtime. */
export interface SandboxProcess {
  readonly settings: SandboxSettings;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** @param folder where to write the configuration file */
export async function startSandboxProcess(folder: string): Promise<SandboxProcess> {
  const file = join(folder, "memory.json");
  const accepted = [credentials, nonAsciiCredentials].map(({ apiKey, apiSecret }) => ({
    username: apiKey,
    secretSha256: createHash("sha256").update(apiSecret).digest("hex"),
  }));
  await writeFile(file, JSON.stringify({ accounts: [{ sid: account, credentials: accepted }] }));
  const { url, stop } = await startServerProcess(["--sandbox", "--config", file]);
  const closedServer = await startLocalServer(() => {});
  await closedServer.close();
  return {
    settings: { baseUrl: url, storeId, credentials, nonAsciiCredentials, unreachableUrl: closedServer.url },
    reset: () => resetSandbox(url),
    stop,
  };
}
