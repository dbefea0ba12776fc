import type { Store } from "#generated/configuration.js";
import type { IdentifierType, StoreRules } from "../domain/store-rules.ts";
import { jsonPointer } from "../json-pointer.ts";
import { checkTraitDefinition } from "./check-trait-definition.ts";
import type { Mistake } from "./configuration-error.ts";
import { DEFAULT_STORE_RULES } from "./default-store.ts";

/**
 * The rules of a store; those of the default store where it has none.
 *
 * @param path of the store
 * @param mistakes is added to
 */
export function resolveRules(store: Store, path: string, mistakes: Mistake[]): StoreRules {
  const rules = {
    traitGroups: store.traitGroups ? traitGroupsOf(store.traitGroups) : DEFAULT_STORE_RULES.traitGroups,
    identifierTypes: store.identifierTypes
      ? identifierTypesOf(store.identifierTypes)
      : DEFAULT_STORE_RULES.identifierTypes,
  };
  for (const [group, traits] of rules.traitGroups) {
    for (const [trait, definition] of traits) {
      const pathOfTrait = path + jsonPointer("traitGroups", group, "traits", trait);
      checkTraitDefinition(definition, rules.identifierTypes, pathOfTrait, mistakes);
    }
  }
  return rules;
}

// Maps from here on, so that a group or a trait may have the name of an object's own machinery, such as `__proto__`.
function traitGroupsOf(groups: NonNullable<Store["traitGroups"]>): StoreRules["traitGroups"] {
  return new Map(
    Object.entries(groups).map(([name, { traits }]) => [
      name,
      new Map(Object.entries(traits).map(([trait, { description: _, ...definition }]) => [trait, definition])),
    ]),
  );
}

function identifierTypesOf(types: NonNullable<Store["identifierTypes"]>): Map<string, IdentifierType> {
  return new Map(
    Object.entries(types).map(([name, { normalization = "trim", limit = 100, limitPolicy = "fifo" }]) => [
      name,
      { normalization, limit, limitPolicy },
    ]),
  );
}
