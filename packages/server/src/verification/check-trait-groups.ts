import type { TraitValue } from "@memory-api/types";
import type { TraitGroup } from "../domain/profiles/profile-rows.ts";
import { normalizeIdentifier } from "../domain/stores/normalize-identifier.ts";
import { identifierKey, type StoreRules } from "../domain/stores/store-rules.ts";
import { decodeTraitGroup } from "../storage/trait-group-json.ts";
import { type HeldIdentifiers, heldBy, readHeld } from "./holders.ts";
import { Findings, type PageCheck } from "./page-check.ts";

/** The only trait that is promoted to its type. */
interface SoleTrait {
  readonly group: string;
  readonly trait: string;
  readonly type: string;
}

interface PromotedValue extends SoleTrait {
  readonly profile: string;
  readonly value: TraitValue;
}

/** Checks that traits belong to profiles, and that the values of promoted traits are identifiers of these. */
export const checkTraitGroups: PageCheck<"trait_groups"> = async (reads, { id: storeId, rules }, groups) => {
  const findings = new Findings(storeId);
  const profileIds = [...new Set(groups.map(({ profile_id }) => profile_id))];
  const profiles = await reads.readWhere("profiles", "id", storeId, profileIds);
  const existing = new Set(profiles.map(({ id }) => id));
  const traitsOf = rules && soleTraits(rules);
  const promoted: PromotedValue[] = [];
  for (const { profile_id: profile, name: group, traits } of groups) {
    const entries = decode(traits);
    if (entries === undefined) findings.add("malformed-trait-group", { profile, group });
    if (!existing.has(profile)) findings.add("trait-group-without-profile", { profile, group });
    for (const trait of traitsOf?.get(group) ?? []) {
      const value = entries?.get(trait.trait)?.value;
      if (value !== undefined && existing.has(profile)) promoted.push({ ...trait, profile, value });
    }
  }
  if (rules === undefined || promoted.length === 0) return findings.violations;
  const checked = new Set(promoted.map(({ profile }) => profile));
  const held = await readHeld(
    reads,
    storeId,
    profiles.filter(({ id }) => checked.has(id)),
  );
  for (const value of promoted) {
    if (!isHeld(rules, held, value)) {
      const { profile, group, trait } = value;
      findings.add("promoted-trait-without-identifier", { profile, group, trait });
    }
  }
  return findings.violations;
};

/**
 * The promoted traits by group, whose values must be identifiers. If several traits have the same type, the removal of one of them releases the
 * identifier of equal values of the others, so their values need not be identifiers.
 */
function soleTraits({ traitGroups }: StoreRules): ReadonlyMap<string, readonly SoleTrait[]> {
  const promoted = [...traitGroups].flatMap(([group, traits]) =>
    [...traits].flatMap(([trait, { idTypePromotion: type }]) => (type === undefined ? [] : [{ group, trait, type }])),
  );
  const sole = [...Map.groupBy(promoted, ({ type }) => type).values()].filter(({ length }) => length === 1).flat();
  return Map.groupBy(sole, ({ group }) => group);
}

/** A value that its type cannot read is no identifier. A profile that has reached its limit may have dropped the identifier. */
function isHeld(rules: StoreRules, held: HeldIdentifiers, { profile, type, value }: PromotedValue): boolean {
  const { normalization = "trim", limit = Number.POSITIVE_INFINITY } = rules.identifierTypes.get(type) ?? {};
  const normalized = normalizeIdentifier(normalization, value);
  if ("problem" in normalized) return true;
  const ofType = heldBy(held, profile).filter((identifier) => identifier.type === type);
  const key = identifierKey({ type, value: normalized.value });
  return ofType.length >= limit || ofType.some((identifier) => identifierKey(identifier) === key);
}

/** @returns `undefined` if it cannot be read or has no entry */
function decode(text: string): TraitGroup | undefined {
  try {
    const entries = decodeTraitGroup(text);
    const isWhole = [...entries].every(([name, entry]) => typeof name === "string" && Number.isFinite(entry.writtenAt));
    return isWhole && entries.size > 0 ? entries : undefined;
  } catch {
    return undefined;
  }
}
