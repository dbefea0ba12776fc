import type { Traits, TraitsPatch } from "@memory-api/types";
import { buildUpsert, type Unidentified } from "../../domain/commands/build-command.ts";
import type { UpsertCommand } from "../../domain/commands/command.ts";
import { jsonPointer } from "../../domain/json-pointer.ts";
import { checkTraitValue } from "../../domain/stores/check-trait-value.ts";
import type { StoreRules, TraitChange } from "../../domain/stores/store-rules.ts";
import { badRequest, invalidBody, unknownTrait } from "../api-error.ts";
import type { Dependencies } from "../dependencies.ts";

/**
 * Checks traits against the rules of the store.
 *
 * @param pointer JSON pointer of the traits
 * @throws {ApiError} 400 for a group or a trait that the store does not declare, or a value that does not fit its trait
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
      const problem = value === null ? undefined : checkTraitValue(definition, value);
      if (problem !== undefined) throw invalidBody(`${at}: ${problem}`);
      changes.push({ group, trait, value });
    }
  }
  return changes;
}

/**
 * Builds the command for the traits of one customer.
 *
 * @param pointer JSON pointer of the customer; empty if it is the whole body
 * @throws {ApiError} 400 as {@link readTraits} does, and if no trait yields an identifier
 */
export function upsertCommand(
  dependencies: Dependencies,
  rules: StoreRules,
  traits: Traits = {},
  pointer = "",
): UpsertCommand {
  const place = `${pointer}/traits`;
  const command = buildUpsert(dependencies, rules, readTraits(rules, traits, place));
  if (command.kind === "upsert") return command;
  throw badRequest(`${pointer && `${pointer}: `}${explain(command, place)}`);
}

function explain({ unread }: Unidentified, pointer: string): string {
  const problems = unread.map(({ group, trait, problem }) => `${pointer}${jsonPointer(group, trait)} ${problem}`);
  return ["The request must contain at least one trait that is promoted to an identifier", ...problems].join("; ");
}
