import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { passingSecrets } from "../../src/configuration/own-secrets.ts";
import { readConfiguration } from "../../src/configuration/read-configuration.ts";
import { resolveSettings } from "../../src/configuration/resolve-settings.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Contents of the files of secrets, by name. */
export const secrets = {
  key: "k".repeat(32),
  secret: "hunter2",
  line: "hunter2\r\n",
  empty: "\n",
  short: "k".repeat(31),
};

/** Settings of a configuration as it would be written, in a folder with those secrets. */
export async function settingsOf(document: object, environment: NodeJS.ProcessEnv = {}) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(secrets)) await writeFile(join(folder, name), text);
  const config = join(folder, "memory.json");
  await writeFile(config, JSON.stringify(document));
  return resolveSettings(await readConfiguration({ config }, environment), () => passingSecrets);
}

/** An Account SID and the ID of a store, each with a number to tell it from others. */
export const sid = (digit: number) => `AC${String(digit).repeat(32)}`;
export const storeId = (number: number) => `mem_store_${String(number).padStart(26, "0")}`;

/** Accounts with a credential each. */
export const accounts = (...sids: string[]) =>
  sids.map((each) => ({ sid: each, credentials: [{ username: `SK${each}`, secretSha256: "0".repeat(64) }] }));
