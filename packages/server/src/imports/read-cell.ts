import { bounds, type TraitValue } from "@memory-api/types";
import { checkTraitValue } from "../domain/stores/check-trait-value.ts";
import type { TraitDefinition } from "../domain/stores/store-rules.ts";

const REMOVAL = "\\N";
const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

/**
 * Reads a cell by the data type of its trait. `\N` removes the trait. An array is in JSON.
 *
 * @returns `null` for a removal; `undefined` if the cell does not fit the trait
 */
export function readCell(definition: TraitDefinition, cell: string): TraitValue | null | undefined {
  if (cell === REMOVAL) return null;
  const value = READERS[definition.dataType](cell);
  if (value === undefined || checkTraitValue(definition, value) !== undefined) return undefined;
  return value;
}

const READERS: Record<TraitDefinition["dataType"], (cell: string) => TraitValue | undefined> = {
  STRING: (cell) => (isShort(cell) ? cell : undefined),
  NUMBER: (cell) => (JSON_NUMBER.test(cell) ? finite(Number(cell)) : undefined),
  BOOLEAN: (cell) => BOOLEANS.get(cell.toLowerCase()),
  ARRAY: readArray,
};

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["false", false],
]);

function readArray(cell: string): TraitValue | undefined {
  const items = parseJson(cell);
  if (!Array.isArray(items) || items.length > bounds.TraitValue.maxItems) return undefined;
  return items.every(isScalar) ? items : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isScalar(item: unknown): item is string | number | boolean {
  if (typeof item === "string") return isShort(item);
  return typeof item === "boolean" || Number.isFinite(item);
}

function finite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined;
}

/** The contract counts characters. A string has at most two UTF-16 code units for each, so most strings need no count. */
function isShort(text: string): boolean {
  const { maxLength } = bounds.TraitScalar;
  return text.length <= maxLength || (text.length <= 2 * maxLength && [...text].length <= maxLength);
}
