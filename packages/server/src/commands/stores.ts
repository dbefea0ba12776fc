import { openInspection } from "../process/open-administration.ts";
import type { Inspection } from "../storage/inspection.ts";
import { parseOptions } from "./parse-options.ts";
import { printTable } from "./print-table.ts";
import { STORAGE_OPTIONS, storageSettings } from "./storage-options.ts";

/** Rows of a store beyond this number are not counted. */
const COUNT_LIMIT = 100_000;

/**
 * Lists the stores of the configuration, and those of which the database has rows.
 *
 * @throws {Error} with a message for the user of the command
 */
export async function stores([action, ...args]: readonly string[]): Promise<void> {
  if (action !== "list") throw new Error("memory-server stores has the action list. Run memory-server stores --help.");
  const { values } = parseOptions("memory-server stores list", { args: [...args], options: STORAGE_OPTIONS });
  const { stores: configured, ...storage } = await storageSettings(values);
  const inspection = await openInspection({ stores: configured, ...storage });
  try {
    const stored = new Set(await inspection.storeIds());
    const rows: string[][] = [];
    for (const storeId of [...new Set([...configured.keys(), ...stored])].sort()) {
      const account = configured.get(storeId)?.accountSid;
      const profiles = await countOf(inspection, "profiles", storeId);
      const imports = await countOf(inspection, "imports", storeId);
      if (values.json) {
        console.log(JSON.stringify({ storeId, isConfigured: account !== undefined, account, profiles, imports }));
        continue;
      }
      rows.push([storeId, account ?? "not configured", textOf(profiles), textOf(imports)]);
    }
    if (!values.json) printTable([["STORE", "ACCOUNT", "PROFILES", "IMPORTS"], ...rows]);
  } finally {
    await inspection.close();
  }
}

interface Count {
  readonly count: number;
  /** Whether there are more. */
  readonly isLimited: boolean;
}

async function countOf(inspection: Inspection, table: "profiles" | "imports", storeId: string): Promise<Count> {
  const count = await inspection.count(table, storeId, COUNT_LIMIT + 1);
  return { count: Math.min(count, COUNT_LIMIT), isLimited: count > COUNT_LIMIT };
}

function textOf({ count, isLimited }: Count): string {
  return isLimited ? `more than ${count}` : String(count);
}
