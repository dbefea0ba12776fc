import { checkControl } from "#generated/check-control.js";
import { explainMismatch } from "../http/checks/explain-mismatch.ts";
import type { Snapshot } from "../storage/storage.ts";
import { TABLE_NAMES } from "../storage/tables.ts";
import type { DelayedState } from "./consistency/delayed-storage.ts";
import { isSandboxTime } from "./sandbox-clock.ts";
import type { SourcesState } from "./sandbox-sources.ts";

/** The state of a sandbox, as plain data: its data, which writes are visible, its clock and its IDs. */
export interface SandboxSnapshot {
  readonly storage: DelayedState;
  readonly sources: SourcesState;
}

/**
 * Checks a snapshot, except for its rows, which `restore` of the storage checks.
 * @returns where the snapshot is invalid and why, such as `/sources/clock: is missing`; `undefined` if it is valid
 */
export function checkSnapshot(snapshot: unknown): string | undefined {
  if (!isSnapshot(snapshot)) {
    const [error] = checkControl.snapshot.errors ?? [];
    return error && explainMismatch("", error).replace(/^The body:/, "The snapshot:");
  }
  const { storage, sources } = snapshot;
  const { primary, consistency, replica } = storage;
  if ((consistency.mode === "immediate") !== (replica === undefined))
    return `/storage/replica: must be ${replica ? "absent" : "present"} in the mode ${consistency.mode}`;
  const { frozenAt, offset } = sources.clock;
  if (!isSandboxTime(frozenAt ?? Date.now() + offset)) return "/sources/clock: must show a time from 1970 to 2199";
  return checkTables(primary, "/storage/primary") ?? checkTables(replica?.visible, "/storage/replica/visible");
}

function isSnapshot(snapshot: unknown): snapshot is SandboxSnapshot {
  return checkControl.snapshot(snapshot);
}

function checkTables(rowsByTable: Snapshot | undefined, at: string): string | undefined {
  const missing = rowsByTable && TABLE_NAMES.find((table) => !Object.hasOwn(rowsByTable, table));
  return missing && `${at}/${missing}: is missing`;
}
