import { badRequest, storeNotFound } from "../../api-error.ts";
import type { Command } from "../../domain/command.ts";
import type { StoreRules } from "../../domain/store-rules.ts";
import type { ImportRecord, Storage } from "../../storage/storage.ts";
import type { SandboxSources } from "../sandbox-sources.ts";
import type { Seed, SeededIds, SeedProfile } from "./seed.ts";
import { seedImport } from "./seed-import.ts";
import { seedProfile } from "./seed-profile.ts";

export interface SeedParts {
  readonly storage: Storage;
  /** A storage that holds the same, to try the seed on. */
  readonly copy: Storage;
  /** By store ID. */
  readonly rules: ReadonlyMap<string, StoreRules>;
  readonly sources: SandboxSources;
}

/**
 * Puts profiles and imports into a store with the IDs that they name. A seed that is refused leaves nothing behind.
 *
 * @throws {ApiError} 400 for what the API would refuse too, and for an ID or an identifier that is taken; 404 for an unknown store
 */
export async function seedStorage(parts: SeedParts, seed: Seed): Promise<SeededIds> {
  const { storeId = [...parts.rules.keys()][0] ?? "", profiles = [], imports = [] } = seed;
  const rules = parts.rules.get(storeId);
  if (rules === undefined) throw storeNotFound();

  const commands: Command[] = [];
  const profileIds: string[] = [];
  for (const [at, profile] of profiles.entries()) {
    const made = seedProfile(rules, parts.sources, profile, `/profiles/${at}`);
    await tryProfile(parts.copy, storeId, made, profile, `/profiles/${at}`);
    commands.push(...made.commands);
    profileIds.push(made.id);
  }
  const records: ImportRecord[] = [];
  for (const [at, each] of imports.entries()) {
    const record = seedImport(parts.sources, each, `/imports/${at}`);
    const { id } = record;
    if (await parts.copy.fetchImport(storeId, id))
      throw badRequest(`/imports/${at}/id: there is an import ${id} already`);
    await parts.copy.createImport(storeId, record);
    records.push(record);
  }
  if (commands.length > 0) await parts.storage.apply(storeId, commands);
  for (const record of records) await parts.storage.createImport(storeId, record);
  return { profiles: profileIds, imports: records.map(({ id }) => id) };
}

async function tryProfile(
  copy: Storage,
  storeId: string,
  { id, commands }: ReturnType<typeof seedProfile>,
  { mergedIds = [] }: SeedProfile,
  pointer: string,
): Promise<void> {
  for (const each of [id, ...mergedIds]) {
    if (await copy.fetchProfile(storeId, each)) throw badRequest(`${pointer}: there is a profile ${each} already`);
  }
  const [created] = await copy.apply(storeId, commands);
  if (created?.kind === "applied" && created.id === id) return;
  throw badRequest(`${pointer}/traits: an identifier among them belongs to another profile already`);
}
