import { describe, expect, it } from "vitest";
import { checkTraitDefinition } from "../../src/configuration/check-trait-definition.ts";
import type { Mistake } from "../../src/configuration/configuration-error.ts";
import type { TraitDefinition, ValidationRule } from "../../src/domain/stores/store-rules.ts";

function mistakesOf(definition: TraitDefinition): Mistake[] {
  const mistakes: Mistake[] = [];
  checkTraitDefinition(definition, new Map(), "/trait", mistakes);
  return mistakes;
}

describe("the bounds of a validation rule", () => {
  it.each<[TraitDefinition["dataType"], keyof ValidationRule, keyof ValidationRule]>([
    ["STRING", "minLength", "maxLength"],
    ["NUMBER", "min", "max"],
    ["ARRAY", "minItems", "maxItems"],
  ])("of a %s can be equal, but %s must not be greater than %s", (dataType, least, most) => {
    for (const bound of [0, 5]) {
      expect(mistakesOf({ dataType, validationRule: { [least]: bound, [most]: bound } })).toEqual([]);
      expect(mistakesOf({ dataType, validationRule: { [least]: bound + 1, [most]: bound } })).toEqual([
        { path: `/trait/validationRule/${least}`, reason: `must not be greater than ${most}` },
      ]);
    }
  });

  it.each<[TraitDefinition["dataType"], ValidationRule]>([
    ["STRING", { minLength: 5 }],
    ["STRING", { maxLength: 5 }],
    ["NUMBER", { min: 5 }],
    ["NUMBER", { max: -5 }],
    ["ARRAY", { minItems: 5 }],
    ["ARRAY", { maxItems: 5 }],
  ])("of a %s can be one alone: %j", (dataType, validationRule) => {
    expect(mistakesOf({ dataType, validationRule })).toEqual([]);
  });
});
