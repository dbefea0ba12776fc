import type { Command } from "../../src/domain/commands/command.ts";
import type { Storage, StorageReads, WrittenStore } from "../../src/storage/storage.ts";
import { store as defaultStore, storeId } from "./storage-engine.ts";

/** Applies a command, and returns the ID of its profile. Throws unless the command was applied. */
export async function applyOne(
  storage: Pick<Storage, "apply">,
  command: Command,
  store: WrittenStore = defaultStore,
): Promise<string> {
  const [outcome] = await storage.apply(store, [command]);
  if (outcome?.kind !== "applied") throw new Error(`The outcome is ${outcome?.kind}.`);
  return outcome.id;
}

/** The traits of a live profile; `undefined` if it is not live. */
export async function traitsOf(storage: StorageReads, profileId: string, groups?: readonly string[], store = storeId) {
  const view = await storage.fetchProfile(store, profileId, groups);
  if (view?.kind !== "live") return undefined;
  return view.traits;
}
