import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../../src/configuration/settings.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import type { Place } from "../support/place.ts";
import { logins, settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { memoryServer, outcomeOf } from "./memory-server.ts";

/** Settings of the servers that the commands administer: imports are looked for often. */
export const administeredSettings: Settings = { ...settingsForTests, imports: { leaseMs: 60_000, pollMs: 50 } };

/** Returns a function that runs a command on the storage of a place, with a configuration that names its stores but no existing secret. */
export async function commandsOn({ dataFolder, databaseUrl }: Place, storeIds: readonly string[] = [storeId]) {
  const cwd = await temporaryFolder();
  const [[username]] = [logins.owner];
  const configuration = {
    ...(databaseUrl === undefined && { data: dataFolder }),
    accounts: [{ sid: logins.ownerAccount[0], credentials: [{ username, secretFile: "missing" }] }],
    signingKeys: [{ id: "test", secretFile: "missing" }],
    stores: storeIds.map((id) => ({ id })),
  };
  await writeFile(join(cwd, "memory.json"), JSON.stringify(configuration));
  const environment = { MEMORY_CONFIG: "memory.json", ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }) };
  return (...args: readonly string[]) => outcomeOf(memoryServer(args, { cwd, environment }));
}

/** The objects that a command prints with `--json`. */
export function linesOf(printed: string): Record<string, unknown>[] {
  return printed
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
