import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startServerProcess } from "../server/server-process.ts";
import type { SandboxSettings } from "./suite/check.ts";
import { unusedPort } from "./unused-port.ts";

const account = `AC${"0".repeat(32)}`;
const storeId = "mem_store_00000000000000000000000000";
const credentials = { apiKey: `SK${"0".repeat(32)}`, apiSecret: "sandbox" };
const foreignCredentials = { apiKey: "Schlüssel", apiSecret: "ключ 🔑" };

/** A sandbox in a process of its own, for one runtime after the other. */
export interface SandboxProcess {
  readonly settings: SandboxSettings;
  /** Empties it. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSandboxProcess(folder: string): Promise<SandboxProcess> {
  const file = join(folder, "memory.json");
  const accepted = [credentials, foreignCredentials].map(({ apiKey, apiSecret }) => ({
    username: apiKey,
    secretSha256: createHash("sha256").update(apiSecret).digest("hex"),
  }));
  await writeFile(file, JSON.stringify({ accounts: [{ sid: account, credentials: accepted }] }));
  const { url, stop } = await startServerProcess(["--sandbox", "--config", file]);
  const unreachableUrl = `http://127.0.0.1:${await unusedPort()}`;
  return {
    settings: { baseUrl: url, storeId, credentials, foreignCredentials, unreachableUrl },
    async reset() {
      const { ok, status } = await fetch(`${url}/__sandbox/reset`, { method: "POST" });
      if (!ok) throw new Error(`The sandbox could not be reset: ${status}`);
    },
    stop,
  };
}
