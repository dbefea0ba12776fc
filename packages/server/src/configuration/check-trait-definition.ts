import { compilePattern } from "../domain/check-trait-value.ts";
import type { IdentifierType, TraitDefinition, ValidationRule } from "../domain/store-rules.ts";
import type { Mistake } from "./configuration-error.ts";

/** What a rule may say of values, by their data type. */
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
 * Finds what no schema can say of a trait: whether its promotion and its rule fit its data type and its store.
 *
 * @param path of the trait
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
    add("idTypePromotion", `must not stand on ${dataType}; only a STRING or a NUMBER can be promoted`);
  }
  for (const property of Object.keys(rule)) {
    if (!RULES[dataType].some((known) => known === property)) {
      add(`validationRule/${property}`, `does not fit the data type ${dataType}`);
    }
  }
  for (const [least, most] of RANGES) {
    if ((rule[least] ?? -Infinity) > (rule[most] ?? Infinity))
      add(`validationRule/${least}`, `must not be greater than ${most}`);
  }
  if (rule.pattern !== undefined && !compiles(rule.pattern)) {
    add("validationRule/pattern", "is no regular expression of RE2, which has no lookaround and no backreference");
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
