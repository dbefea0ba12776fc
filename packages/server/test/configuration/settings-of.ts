import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporarySecrets } from "../../src/configuration/generated-secrets.ts";
import { readConfiguration } from "../../src/configuration/read-configuration.ts";
import { resolveSettings } from "../../src/configuration/resolve-settings.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Contents of the files of secrets, by file name. */
export const secrets = {
  key: "k".repeat(32),
  secret: "hunter2",
  line: "hunter2\r\n",
  empty: "\n",
  short: "k".repeat(31),
};

/** Returns the settings of a configuration file in a folder with these secrets. */
export async function settingsOf(document: object, environment: NodeJS.ProcessEnv = {}) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(secrets)) await writeFile(join(folder, name), text);
  const config = join(folder, "memory.json");
  await writeFile(config, JSON.stringify(document));
  return resolveSettings(await readConfiguration({ config }, environment), () => temporarySecrets);
}

/** Return an Account SID and a store ID, which differ for different numbers. */
export const sid = (digit: number) => `AC${String(digit).repeat(32)}`;
export const storeId = (number: number) => `mem_store_${String(number).padStart(26, "0")}`;

/** Returns accounts with one credential each. */
export const accounts = (...sids: string[]) =>
  sids.map((each) => ({ sid: each, credentials: [{ username: `SK${each}`, secretSha256: "0".repeat(64) }] }));
