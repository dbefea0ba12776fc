import { normaliseIdentifier } from "./normalise-identifier.ts";
import { type Identifier, identifierKey, type StoreRules, type TraitChange } from "./store-rules.ts";

/** What the promoted traits among the changes become, in their order, each value once. A removal identifies nobody. */
export function identifiersOf(rules: StoreRules, changes: readonly TraitChange[]): Identifier[] {
  const identifiers = new Map<string, Identifier>();
  for (const { group, trait, value } of changes) {
    const type = rules.traitGroups.get(group)?.get(trait)?.idTypePromotion;
    if (type === undefined || value === null) continue;
    const normalised = normaliseIdentifier(rules.identifierTypes.get(type)?.normalization ?? "trim", value);
    if (normalised === undefined) continue;
    const identifier = { type, value: normalised };
    identifiers.set(identifierKey(identifier), identifier);
  }
  return [...identifiers.values()];
}
