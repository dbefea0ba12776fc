import { compilePattern } from "../domain/stores/check-trait-value.ts";
import type { IdentifierType, TraitDefinition, ValidationRule } from "../domain/stores/store-rules.ts";
import type { Mistake } from "./configuration-error.ts";

/** The validation rules of each data type. */
const RULES: Record<TraitDefinition["dataType"], readonly (keyof ValidationRule)[]> = {
  STRING: ["pattern", "minLength", "maxLength"],
  NUMBER: ["min", "max"],
  BOOLEAN: [],
  ARRAY: ["minItems", "maxItems"],
};

const RANGES = [
  ["minLength", "maxLength"],
  ["min", "max"],
  ["minItems", "maxItems"],
] as const;

/**
 * Checks a trait beyond its schema: whether its promotion and its validation rule match its data type and its store.
 *
 * @param path JSON pointer of the trait
 * @param mistakes the mistakes are added to this list
 * @param mistakes is added to
 */
export function checkTraitDefinition(
  { dataType, idTypePromotion: promotion, validationRule: rule = {} }: TraitDefinition,
  identifierTypes: ReadonlyMap<string, IdentifierType>,
  path: string,
  mistakes: Mistake[],
): void {
  const add = (property: string, reason: string) => mistakes.push({ path: `${path}/${property}`, reason });

  if (promotion !== undefined && !identifierTypes.has(promotion)) {
    add("idTypePromotion", `must be an identifier type of the store: ${[...identifierTypes.keys()].join(", ")}`);
  }
  if (promotion !== undefined && dataType !== "STRING" && dataType !== "NUMBER") {
    add("idTypePromotion", `is not supported for ${dataType}; only a STRING or a NUMBER can be promoted`);
  }
  for (const property of Object.keys(rule)) {
    if (!RULES[dataType].some((known) => known === property)) {
      add(`validationRule/${property}`, `is not supported for the data type ${dataType}`);
    }
  }
  for (const [least, most] of RANGES) {
    if ((rule[least] ?? -Infinity) > (rule[most] ?? Infinity))
      add(`validationRule/${least}`, `must not be greater than ${most}`);
  }
  if (rule.pattern !== undefined && !compiles(rule.pattern)) {
    add(
      "validationRule/pattern",
      "is not a valid RE2 regular expression; RE2 supports neither lookarounds nor backreferences",
    );
  }
}

function compiles(pattern: string): boolean {
  try {
    compilePattern(pattern);
    return true;
  } catch {
    return false;
  }
}
