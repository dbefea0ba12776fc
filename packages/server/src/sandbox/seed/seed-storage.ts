import type { Command } from "../../domain/commands/command.ts";
import type { ImportRecord } from "../../domain/imports/import-state.ts";
import type { StoreRules } from "../../domain/stores/store-rules.ts";
import { badRequest, storeNotFound } from "../../operations/api-error.ts";
import type { Storage, WrittenStore } from "../../storage/storage.ts";
import type { SandboxSources } from "../sandbox-sources.ts";
import type { Seed, SeededIds, SeedProfile } from "./seed.ts";
import { seedImport } from "./seed-import.ts";
import { seedProfile } from "./seed-profile.ts";

/** Maximum number of commands that are written at once: a storage accepts only a limited number that waits. */
const BATCH = 1000;

export interface SeedDependencies {
  readonly storage: Storage;
  /** A copy of the storage, on which the seed is tried. */
  readonly copy: Storage;
  /** By ID. */
  readonly stores: ReadonlyMap<string, WrittenStore & { readonly rules: StoreRules }>;
  readonly sources: SandboxSources;
}

/**
 * Adds profiles and imports to a store. If it rejects the seed, it adds nothing.
 *
 * @throws {ApiError} 400 for values that the API would reject, and for an ID or identifier that already exists; 404 for an unknown store
 */
export async function seedStorage(dependencies: SeedDependencies, seed: Seed): Promise<SeededIds> {
  const { stores, storage, copy, sources } = dependencies;
  const { storeId = [...stores.keys()][0] ?? "", profiles = [], imports = [] } = seed;
  const store = stores.get(storeId);
  if (store === undefined) throw storeNotFound();

  const commands: Command[] = [];
  const profileIds: string[] = [];
  for (const [at, profile] of profiles.entries()) {
    const seeded = seedProfile(store.rules, sources, profile, `/profiles/${at}`);
    await tryProfile(copy, store, seeded, profile, `/profiles/${at}`);
    commands.push(...seeded.commands);
    profileIds.push(seeded.id);
  }
  const records: ImportRecord[] = [];
  for (const [at, seeded] of imports.entries()) {
    const record = seedImport(sources, seeded, `/imports/${at}`);
    const { id } = record;
    if (await copy.fetchImport(storeId, id)) throw badRequest(`/imports/${at}/id: the import ${id} already exists`);
    await copy.createImport(storeId, record);
    records.push(record);
  }
  for (let at = 0; at < commands.length; at += BATCH) await storage.apply(store, commands.slice(at, at + BATCH));
  for (const record of records) await storage.createImport(storeId, record);
  return { profiles: profileIds, imports: records.map(({ id }) => id) };
}

async function tryProfile(
  copy: Storage,
  store: WrittenStore,
  { id, commands }: ReturnType<typeof seedProfile>,
  { mergedIds = [] }: SeedProfile,
  pointer: string,
): Promise<void> {
  for (const each of [id, ...mergedIds]) {
    if (await copy.fetchProfile(store.id, each)) throw badRequest(`${pointer}: the profile ${each} already exists`);
  }
  const [created] = await copy.apply(store, commands);
  if (created?.kind === "applied" && created.id === id) return;
  throw badRequest(`${pointer}/traits: one of the identifiers already belongs to another profile`);
}
