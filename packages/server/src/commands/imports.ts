import { enums, type ImportStatus } from "@memory-api/types";
import type { StorageSettings } from "../configuration/resolve-storage-settings.ts";
import type { ImportState } from "../domain/imports/import-state.ts";
import { openAdministration, openInspection } from "../process/open-administration.ts";
import type { ImportChange } from "../storage/import-administration.ts";
import type { Inspection } from "../storage/inspection.ts";
import { parseOptions } from "./parse-options.ts";
import { printTable } from "./print-table.ts";
import { STORAGE_OPTIONS, storageSettings } from "./storage-options.ts";

const ACTIONS = "list, show, cancel and retry";
const DEFAULT_LIMIT = "100";

/** An import and the store that it belongs to. */
interface FoundImport {
  readonly storeId: string;
  readonly state: ImportState;
}

/**
 * Lists, shows, cancels or retries imports.
 *
 * @throws {Error} with a message for the user of the command
 */
export async function imports([action = "", ...args]: readonly string[]): Promise<void> {
  switch (action) {
    case "list":
      return list(args);
    case "show":
      return show(args);
    case "cancel":
    case "retry":
      return change(action, args);
  }
  throw new Error(`memory-server imports has the actions ${ACTIONS}. Run memory-server imports --help.`);
}

async function list(args: readonly string[]): Promise<void> {
  const { values } = parseOptions("memory-server imports list", {
    args: [...args],
    options: { ...STORAGE_OPTIONS, store: { type: "string" }, status: { type: "string" }, limit: { type: "string" } },
  });
  const status = values.status === undefined ? undefined : statusOf(values.status);
  const limit = limitOf(values.limit ?? DEFAULT_LIMIT);
  await inspect(await storageSettings(values), async (inspection) => {
    const storeIds = values.store === undefined ? await inspection.storeIds() : [values.store];
    const found: FoundImport[] = [];
    for (const storeId of storeIds) {
      const rest = limit - found.length;
      const states =
        rest > 0 ? await inspection.listImports(storeId, { limit: rest, ...(status !== undefined && { status }) }) : [];
      found.push(...states.map((state) => ({ storeId, state })));
    }
    if (values.json) return printJson(found);
    const rows = found.map(({ storeId, state: { record, job } }) => {
      const { rows, errors } = record.progress;
      return [
        storeId,
        record.id,
        record.status,
        isoTime(record.createdAt),
        ...[rows, errors, job?.attempts ?? 0].map(String),
      ];
    });
    printTable([["STORE", "IMPORT", "STATUS", "CREATED", "ROWS", "ERRORS", "ATTEMPTS"], ...rows]);
    if (found.length === limit) console.error(`There may be more than ${limit} imports. Pass --limit or --store.`);
  });
}

async function show(args: readonly string[]): Promise<void> {
  const { settings, importId, store, json } = await importOf("show", args);
  await inspect(settings, async (inspection) => {
    const found = await find(inspection, importId, store);
    if (json) return printJson([found]);
    printTable(Object.entries(described(found)).map(([name, value]) => [`${name}:`, JSON.stringify(value)]));
  });
}

async function change(action: "cancel" | "retry", args: readonly string[]): Promise<void> {
  const { settings, importId, store, json } = await importOf(action, args);
  const { storeId } = await inspect(settings, (inspection) => find(inspection, importId, store));
  if (action === "retry" && !settings.stores.has(storeId)) {
    throw new Error(`No server runs the imports of ${storeId}, because the store is not configured.`);
  }
  const { imports, uploads, clock, close } = await openAdministration(settings);
  try {
    const changed = await imports[action](storeId, importId, clock.now());
    if (changed.kind !== "changed") throw new Error(whyUnchanged(action, importId, changed));
    if (action === "cancel") await uploads.remove(storeId, importId);
    if (json) return printJson([{ storeId, state: changed.state }]);
    const { rows, errors } = changed.state.record.progress;
    const next =
      settings.databaseUrl === undefined
        ? "The server continues it when it starts"
        : "A running server continues it within imports.pollSeconds";
    console.log(
      action === "cancel"
        ? `${importId} is FAILED. The ${rows - errors} rows that it applied are kept, and its file is deleted.`
        : `${importId} is due now, after ${rows} rows. ${next}.`,
    );
  } finally {
    await close();
  }
}

function whyUnchanged(action: "cancel" | "retry", importId: string, changed: ImportChange): string {
  if (changed.kind === "unknown") return `There is no import ${importId}.`;
  const { status, expiresAt } = changed.state.record;
  if (status === "PENDING") return `${importId} waits for its file until ${isoTime(expiresAt)}. Upload the file.`;
  const hint = action === "retry" ? " Its file was deleted. Create a new import." : "";
  return `${importId} has ended with the status ${status}.${hint}`;
}

/** Reads the arguments of an action on one import. */
async function importOf(action: string, args: readonly string[]) {
  const { values, positionals } = parseOptions(`memory-server imports ${action}`, {
    args: [...args],
    options: { ...STORAGE_OPTIONS, store: { type: "string" } },
    allowPositionals: true,
  });
  const [importId, ...others] = positionals;
  if (importId === undefined || others.length > 0) {
    throw new Error(`Specify the ID of one import: memory-server imports ${action} <import ID>`);
  }
  return { settings: await storageSettings(values), importId, store: values.store, json: values.json };
}

async function find(inspection: Inspection, importId: string, store: string | undefined): Promise<FoundImport> {
  for (const storeId of store === undefined ? await inspection.storeIds() : [store]) {
    const state = await inspection.readImport(storeId, importId);
    if (state) return { storeId, state };
  }
  throw new Error(`There is no import ${importId}${store === undefined ? "" : ` in the store ${store}`}.`);
}

async function inspect<Result>(settings: StorageSettings, work: (inspection: Inspection) => Promise<Result>) {
  const inspection = await openInspection(settings);
  try {
    return await work(inspection);
  } finally {
    await inspection.close();
  }
}

/** One line of JSON for each import. */
function printJson(found: readonly FoundImport[]): void {
  for (const each of found) console.log(JSON.stringify(described(each)));
}

function described({ storeId, state: { record, job } }: FoundImport) {
  const { id, status, filename, fileSize, createdAt, updatedAt, expiresAt, progress } = record;
  return {
    ...{ storeId, importId: id, status, filename, fileSize },
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
    uploadExpiresAt: isoTime(expiresAt),
    progress,
    ...(job && { dueAt: isoTime(job.dueAt), isLeased: job.owner !== undefined, attempts: job.attempts }),
  };
}

function statusOf(given: string): ImportStatus {
  const status = enums.ImportStatus.find((known) => known === given.toUpperCase());
  if (status === undefined) throw new Error(`--status must be ${enums.ImportStatus.join(", ")}.`);
  return status;
}

function limitOf(given: string): number {
  const limit = Number(given);
  if (!Number.isSafeInteger(limit) || limit < 1) throw new Error("--limit must be a positive integer.");
  return limit;
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
