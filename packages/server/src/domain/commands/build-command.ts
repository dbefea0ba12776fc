import { normalizeIdentifier } from "../stores/normalize-identifier.ts";
import { type Identifier, identifierKey, type StoreRules, type TraitChange } from "../stores/store-rules.ts";
import type { PatchCommand, UpsertCommand } from "./command.ts";
import type { IdSource } from "./type-id.ts";

/** Sources of the IDs and times of commands. */
export interface CommandSources {
  readonly ids: IdSource;
  /** Reserves times of acceptance; see `createAcceptance`. */
  readonly accept: (ticks: number) => number;
}

/** The reason why changes resolve to no profile: none of the promoted traits can be read as an identifier. */
export interface Unidentified {
  readonly kind: "unidentified";
  readonly unread: readonly UnreadTrait[];
}

/** A promoted trait whose value is not an identifier. */
interface UnreadTrait {
  readonly group: string;
  readonly trait: string;
  /** Completes a sentence that begins with the trait. Does not contain the value. */
  readonly problem: string;
}

/** @param changes checked against the rules */
export function buildUpsert(
  { ids, accept }: CommandSources,
  rules: StoreRules,
  changes: readonly TraitChange[],
): UpsertCommand | Unidentified {
  const { identifiers, unread } = identifiersOf(rules, changes);
  if (identifiers.length === 0) return { kind: "unidentified", unread };
  return {
    kind: "upsert",
    newId: ids.next("mem_profile"),
    acceptedAt: accept(identifiers.length),
    changes: withReleases(rules, changes),
    identifiers,
  };
}

/** @param changes checked against the rules */
export function buildPatch(
  { accept }: Pick<CommandSources, "accept">,
  rules: StoreRules,
  profileId: string,
  changes: readonly TraitChange[],
): PatchCommand {
  const { identifiers } = identifiersOf(rules, changes);
  const acceptedAt = accept(identifiers.length);
  return { kind: "patch", profileId, acceptedAt, changes: withReleases(rules, changes), identifiers };
}

/** The distinct identifiers of the promoted traits, in the order of the changes. */
function identifiersOf(rules: StoreRules, changes: readonly TraitChange[]) {
  const identifiers = new Map<string, Identifier>();
  const unread: UnreadTrait[] = [];
  for (const { group, trait, value } of changes) {
    const promotion = promotionOf(rules, group, trait);
    if (promotion === undefined || value === null) continue;
    const normalized = normalizeIdentifier(promotion.normalization, value);
    if ("problem" in normalized) {
      unread.push({ group, trait, problem: normalized.problem });
      continue;
    }
    const identifier = { type: promotion.type, value: normalized.value };
    identifiers.set(identifierKey(identifier), identifier);
  }
  return { identifiers: [...identifiers.values()], unread };
}

function withReleases(rules: StoreRules, changes: readonly TraitChange[]): TraitChange[] {
  return changes.map((change) => {
    const releases = change.value === null ? promotionOf(rules, change.group, change.trait) : undefined;
    return releases === undefined ? change : { ...change, releases };
  });
}

function promotionOf(rules: StoreRules, group: string, trait: string): TraitChange["releases"] {
  const type = rules.traitGroups.get(group)?.get(trait)?.idTypePromotion;
  if (type === undefined) return undefined;
  return { type, normalization: rules.identifierTypes.get(type)?.normalization ?? "trim" };
}
