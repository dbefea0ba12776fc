import type { Store } from "#generated/configuration.js";
import { jsonPointer } from "../domain/json-pointer.ts";
import type { IdentifierType, StoreRules } from "../domain/stores/store-rules.ts";
import { checkTraitDefinition } from "./check-trait-definition.ts";
import type { Mistake } from "./configuration-error.ts";
import { DEFAULT_STORE_RULES } from "./default-store.ts";

/**
 * Returns the rules of a store. It uses the trait groups or identifier types of the default store if it has none.
 *
 * @param path JSON pointer of the store
 * @param mistakes the mistakes are added to this list
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

// Maps, because a group or a trait can have the name of a built-in property, such as `__proto__`.
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
