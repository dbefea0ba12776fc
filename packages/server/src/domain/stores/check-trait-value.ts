import type { TraitValue } from "@memory-api/types";
import type { RE2JS } from "re2js";
import { loadWhenNeeded } from "./load-when-needed.ts";
import type { TraitDefinition, ValidationRule } from "./store-rules.ts";

/**
 * Checks a value against the data type and the validation rule of its trait.
 *
 * @returns the problem, which completes a sentence about the value; `undefined` if the value is valid
 */
export function checkTraitValue(definition: TraitDefinition, value: TraitValue): string | undefined {
  const { dataType, idTypePromotion, validationRule: rule = {} } = definition;
  switch (dataType) {
    case "STRING":
      return typeof value === "string"
        ? checkString(rule, value)
        : "must be a string, as the trait's data type is STRING";
    case "NUMBER":
      if (typeof value !== "number") return "must be a number, as the trait's data type is NUMBER";
      return (idTypePromotion === undefined ? undefined : checkIdentifier(value)) ?? checkNumber(rule, value);
    case "BOOLEAN":
      return typeof value === "boolean" ? undefined : "must be true or false, as the trait's data type is BOOLEAN";
    case "ARRAY":
      return Array.isArray(value) ? checkItems(rule, value) : "must be an array, as the trait's data type is ARRAY";
  }
}

function checkString({ minLength, maxLength, pattern }: ValidationRule, value: string): string | undefined {
  const length = minLength === undefined && maxLength === undefined ? 0 : [...value].length;
  if (minLength !== undefined && length < minLength) return `must have at least ${characters(minLength)}`;
  if (maxLength !== undefined && length > maxLength) return `must have at most ${characters(maxLength)}`;
  if (pattern !== undefined && !matches(pattern, value)) return `must match the pattern ${pattern}`;
  return undefined;
}

function checkNumber({ min, max }: ValidationRule, value: number): string | undefined {
  if (min !== undefined && value < min) return `must be at least ${min}`;
  if (max !== undefined && value > max) return `must be at most ${max}`;
  return undefined;
}

/** Outside the safe integers, several JSON numbers have the same value, so two customers would become one. */
function checkIdentifier(value: number): string | undefined {
  if (Number.isSafeInteger(value)) return undefined;
  return `must be an integer from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}, because the trait is promoted to an identifier`;
}

function checkItems({ minItems, maxItems }: ValidationRule, { length }: readonly unknown[]): string | undefined {
  if (minItems !== undefined && length < minItems) return `must have at least ${items(minItems)}`;
  if (maxItems !== undefined && length > maxItems) return `must have at most ${items(maxItems)}`;
  return undefined;
}

const re2 = loadWhenNeeded<typeof import("re2js")>("re2js");
const compiled = new Map<string, RE2JS>();

/**
 * Users write the patterns. RE2 matches each of them in time linear in the length of the value.
 *
 * @throws {Error} if the pattern does not compile
 */
export function compilePattern(pattern: string): RE2JS {
  const known = compiled.get(pattern) ?? re2().RE2JS.compile(pattern);
  compiled.set(pattern, known);
  return known;
}

function matches(pattern: string, value: string): boolean {
  return compilePattern(pattern).matcher(value).find();
}

const characters = (count: number) => (count === 1 ? "1 character" : `${count} characters`);
const items = (count: number) => (count === 1 ? "1 item" : `${count} items`);
