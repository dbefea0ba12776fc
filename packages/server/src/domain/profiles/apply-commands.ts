import type { Command, Outcome } from "../commands/command.ts";
import { type Identifier, type IdentifierTypes, identifierKey } from "../stores/store-rules.ts";
import type { ChangeSet, Claim, LockedProfiles, ProfileContents, ProfileRows } from "./profile-rows.ts";
import { WorkingSet } from "./working-set.ts";

const NOTHING_LOCKED: LockedProfiles = { owners: new Map(), canonicalIds: new Map(), profiles: [] };
const NO_CONTENTS: ProfileContents = { identifiers: [], groups: [], trees: new Map() };

interface Applied {
  readonly outcomes: Outcome[];
  readonly changeSet: ChangeSet;
}

/**
 * Applies commands in their order: reads everything that they can touch, computes in memory, and writes what changed. Every transaction
 * locks identifiers in the order of their keys, and then profiles in the order of their IDs, so these locks cause no deadlock.
 *
 * @param detached identifiers, by key, that earlier attempts of the same transaction detached. They are claimed as well, because locking them
 *   only when they are written may conflict with another transaction. This attempt adds its own.
 * @returns one outcome for each command
 */
export async function applyCommands(
  rows: ProfileRows,
  identifierTypes: IdentifierTypes,
  commands: readonly Command[],
  detached: Map<string, Identifier> = new Map(),
): Promise<Outcome[]> {
  const detachedBefore = [...detached.values()].map((identifier) => ({ ...identifier, holder: "", addedAt: 0 }));
  const claims = uniqueClaims([...claimsOf(commands), ...(await readReleased(rows, commands)), ...detachedBefore]);
  const ids = new Set(commands.flatMap((command) => (command.kind === "upsert" ? [] : [command.profileId])));
  let ifAllAreNew: Applied | undefined;
  await rows.claimIdentifiers(claims, () => {
    if (ids.size === 0) ifAllAreNew = applyTo(new WorkingSet(identifierTypes, NOTHING_LOCKED, NO_CONTENTS), commands);
  });
  const locked = await lockProfiles(rows, claims, [...ids]);
  const areAllNew = locked.profiles.length === 0;
  const contents = areAllNew ? NO_CONTENTS : await rows.readContents(locked.profiles);
  const { outcomes, changeSet } =
    (areAllNew && ifAllAreNew) || applyTo(new WorkingSet(identifierTypes, locked, contents), commands);
  for (const identifier of changeSet.detached) detached.set(identifierKey(identifier), identifier);
  await rows.write(changeSet);
  return outcomes;
}

function applyTo(workingSet: WorkingSet, commands: readonly Command[]): Applied {
  return { outcomes: commands.map((command) => workingSet.apply(command)), changeSet: workingSet.changeSet() };
}

function claimsOf(commands: readonly Command[]): Claim[] {
  return commands.flatMap((command) => {
    if (command.kind === "delete") return [];
    const holder = command.kind === "upsert" ? command.newId : command.profileId;
    return command.identifiers.map(({ type, value }, at) => ({
      type,
      value,
      holder,
      addedAt: command.acceptedAt + at,
    }));
  });
}

/** Identifiers that a deletion or a removal may detach. They are claimed in order with the rest. */
async function readReleased(rows: ProfileRows, commands: readonly Command[]): Promise<readonly Claim[]> {
  const ids = new Set(commands.flatMap((command) => (isReleasing(command) ? [command.profileId] : [])));
  return ids.size === 0 ? [] : rows.readIdentifiers([...ids]);
}

function isReleasing(command: Command): command is Extract<Command, { profileId: string }> {
  if (command.kind === "upsert") return false;
  return command.kind === "delete" || command.changes.some(({ releases }) => releases !== undefined);
}

/** Each identifier once, in the order of the keys. The first claim for an identifier decides the holder that it is inserted with. */
function uniqueClaims(claims: readonly Claim[]): Claim[] {
  const unique = new Map<string, Claim>();
  for (const claim of claims) {
    const key = identifierKey(claim);
    if (!unique.has(key)) unique.set(key, claim);
  }
  return [...unique.keys()].sort().flatMap((key) => unique.get(key) ?? []);
}

/** Repeats the lock until the same profiles are missing twice: they do not exist. Any others merged while the lock waited. */
async function lockProfiles(
  rows: ProfileRows,
  identifiers: readonly Identifier[],
  ids: readonly string[],
): Promise<LockedProfiles> {
  for (let missing = ""; ; ) {
    const locked = await rows.lockProfiles(identifiers, ids);
    const stillMissing = missingFrom(locked, ids);
    if (stillMissing === missing) return locked;
    missing = stillMissing;
  }
}

function missingFrom({ owners, canonicalIds, profiles }: LockedProfiles, ids: readonly string[]): string {
  const missing = new Set([...owners.values(), ...ids.map((id) => canonicalIds.get(id) ?? id)]);
  for (const { id } of profiles) missing.delete(id);
  return [...missing].sort().join();
}
