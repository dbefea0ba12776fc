import type { Command, Outcome } from "./command.ts";
import { groupOf, type HeldIdentifier, hold, newProfile, type ProfileState, type TraitGroup } from "./profile-state.ts";
import { type Identifier, identifierKey, type StoreRules } from "./store-rules.ts";
import { type Difference, World } from "./world.ts";

/** A transaction on the profiles of one store. Whatever it reads of a profile that it locked stays so until it ends. */
export interface ProfileTransaction {
  /**
   * Takes the identifiers for this transaction, in the order given, whether they exist or not.
   *
   * @returns the ID that each existing one was attached to, by its key; that profile may have been merged since
   */
  claimIdentifiers(claims: readonly Claim[]): Promise<ReadonlyMap<string, string>>;
  /** Canonical ID of each of these IDs that was merged. */
  readRedirects(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Locks live profiles, in the order given. `createdAt` in milliseconds since 1970, by ID; an ID that is not live is absent. */
  lockProfiles(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Canonical ID of each ID that was merged into one of these. */
  readMergedIds(canonicalIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Identifiers that were attached to one of these IDs, merged or not. */
  readIdentifiers(ids: readonly string[]): Promise<readonly (HeldIdentifier & { readonly profileId: string })[]>;
  readTraitGroups(
    ids: readonly string[],
  ): Promise<readonly { readonly profileId: string; readonly name: string; readonly traits: TraitGroup }[]>;
  write(difference: Difference): Promise<void>;
}

/** An identifier, and the profile that it is to be attached to if it is new. */
export interface Claim extends HeldIdentifier {
  readonly profileId: string;
}

/**
 * Applies commands in their order: reads all that they can touch, works on that in memory, writes what changed. The order of
 * locks is that of the identifiers, then that of the canonical IDs.
 *
 * @returns what became of each
 */
export async function applyCommands(
  transaction: ProfileTransaction,
  rules: StoreRules,
  commands: readonly Command[],
): Promise<Outcome[]> {
  const world = await readWorld(transaction, rules, commands);
  const outcomes = commands.map((command) => world.apply(command));
  await transaction.write(world.difference());
  return outcomes;
}

async function readWorld(transaction: ProfileTransaction, rules: StoreRules, commands: readonly Command[]) {
  const claims = claimsOf(commands);
  for (const held of await readReleased(transaction, commands)) {
    if (!claims.has(identifierKey(held))) claims.set(identifierKey(held), held);
  }
  const owners = await transaction.claimIdentifiers([...claims.values()].sort(byTypeAndValue));
  const named = [...owners.values()];
  for (const command of commands) if (command.kind !== "upsert") named.push(command.profileId);
  const { redirects, profiles } = await lockCanonical(transaction, [...new Set(named)]);
  await readContents(transaction, profiles);
  return new World(rules, profiles.values(), redirects);
}

/** The first command that carries a new identifier names the profile that it would belong to. */
function claimsOf(commands: readonly Command[]): Map<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const command of commands) {
    if (command.kind === "delete") continue;
    const profileId = command.kind === "upsert" ? command.newId : command.profileId;
    for (const [at, identifier] of command.identifiers.entries()) {
      const key = identifierKey(identifier);
      if (!claims.has(key)) claims.set(key, { ...identifier, profileId, addedAt: command.acceptedAt + at });
    }
  }
  return claims;
}

/** Identifiers that may go with a profile or a trait, so that they are locked in order with the rest. */
async function readReleased(transaction: ProfileTransaction, commands: readonly Command[]): Promise<readonly Claim[]> {
  const ids = commands.flatMap((command) => (isReleasing(command) ? [command.profileId] : []));
  if (ids.length === 0) return [];
  const merged = await transaction.readMergedIds(ids);
  return transaction.readIdentifiers([...ids, ...merged.keys()]);
}

function isReleasing(command: Command): command is Extract<Command, { profileId: string }> {
  if (command.kind === "upsert") return false;
  return command.kind === "delete" || command.changes.some(({ value }) => value === null);
}

/**
 * Locks the canonical profiles that these IDs lead to. One may merge between the look at its redirect and its lock, so the look
 * is repeated until nothing has changed.
 */
async function lockCanonical(transaction: ProfileTransaction, ids: readonly string[]) {
  const profiles = new Map<string, ProfileState>();
  let redirects: ReadonlyMap<string, string> = new Map();
  if (ids.length === 0) return { redirects, profiles };
  for (let absent = ""; ; ) {
    redirects = await transaction.readRedirects(ids);
    const canonical = [...new Set(ids.map((id) => redirects.get(id) ?? id))].sort();
    const locked = await transaction.lockProfiles(canonical);
    for (const [id, createdAt] of locked) if (!profiles.has(id)) profiles.set(id, newProfile(id, createdAt));
    const missing = canonical.filter((id) => !locked.has(id)).join();
    if (missing === absent) return { redirects, profiles };
    absent = missing;
  }
}

async function readContents(transaction: ProfileTransaction, profiles: ReadonlyMap<string, ProfileState>) {
  if (profiles.size === 0) return;
  const ids = [...profiles.keys()];
  const merged = await transaction.readMergedIds(ids);
  for (const [lost, canonical] of merged) profiles.get(canonical)?.mergedIds.add(lost);
  for (const { profileId, ...identifier } of await transaction.readIdentifiers([...ids, ...merged.keys()])) {
    const profile = profiles.get(merged.get(profileId) ?? profileId);
    if (profile) hold(profile, identifier);
  }
  for (const { profileId, name, traits } of await transaction.readTraitGroups(ids)) {
    const profile = profiles.get(profileId);
    if (profile) for (const [trait, entry] of traits) groupOf(profile, name).set(trait, entry);
  }
}

function byTypeAndValue(one: Identifier, other: Identifier): number {
  return compare(one.type, other.type) || compare(one.value, other.value);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
