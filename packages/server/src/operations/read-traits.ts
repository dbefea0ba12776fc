import type { Traits, TraitsPatch } from "@memory-api/types";
import { badRequest, invalidBody, unknownTrait } from "../api-error.ts";
import { checkTraitValue } from "../domain/check-trait-value.ts";
import type { UpsertCommand } from "../domain/command.ts";
import { identifiersOf } from "../domain/identifiers-of.ts";
import type { StoreRules, TraitChange } from "../domain/store-rules.ts";
import { jsonPointer } from "../json-pointer.ts";
import type { Parts } from "../parts.ts";

/**
 * Holds traits against what the store declares.
 *
 * @param pointer JSON pointer of the traits
 * @throws {ApiError} 400 for a group or a trait that the store does not declare, or a value that does not fit its data type
 */
export function readTraits(rules: StoreRules, traits: Traits | TraitsPatch, pointer: string): TraitChange[] {
  const changes: TraitChange[] = [];
  for (const [group, values] of Object.entries(traits)) {
    const declared = rules.traitGroups.get(group);
    const place = `${pointer}${jsonPointer(group)}`;
    if (declared === undefined) throw unknownTrait(`${place}: the store does not declare this trait group`);
    for (const [trait, value] of Object.entries(values)) {
      const definition = declared.get(trait);
      const at = `${place}${jsonPointer(trait)}`;
      if (definition === undefined) throw unknownTrait(`${at}: the trait group does not declare this trait`);
      const fault = value === null ? undefined : checkTraitValue(definition, value);
      if (fault !== undefined) throw invalidBody(`${at}: ${fault}`);
      changes.push({ group, trait, value });
    }
  }
  return changes;
}

/**
 * Makes a command of the traits of one customer.
 *
 * @param pointer JSON pointer of the customer, empty for the whole body
 * @throws {ApiError} 400 as {@link readTraits} does, and where no trait identifies anybody
 */
export function upsertCommand(parts: Parts, rules: StoreRules, traits: Traits = {}, pointer = ""): UpsertCommand {
  const changes = readTraits(rules, traits, `${pointer}/traits`);
  const identifiers = identifiersOf(rules, changes);
  if (identifiers.length === 0) {
    const place = pointer && `${pointer}: `;
    throw badRequest(`${place}The request must contain at least one trait that is promoted to an identifier`);
  }
  const newId = parts.ids.next("mem_profile");
  return { kind: "upsert", newId, acceptedAt: parts.accept(identifiers.length), changes, identifiers };
}
