import {
  type ColumnMapping,
  type ImportId,
  type ProfileId,
  patterns,
  type StoreId,
  type TraitValue,
} from "@memory-api/types";
import * as bounds from "@memory-api/types/bounds";
import { traitNamed } from "../imports/column-mapping.ts";
import { UsageError } from "./errors.ts";
import { parseJson } from "./io/input.ts";

/** A trait, as `Group.trait`, and its value. */
export type Assignment<Value> = readonly [target: string, value: Value];

interface Ids {
  StoreId: StoreId;
  ProfileId: ProfileId;
  ImportId: ImportId;
}

/**
 * Returns an ID that matches the pattern of the contract.
 *
 * @param source where the ID was given, for the error
 * @throws {UsageError}
 */
export function checkedId<Kind extends keyof Ids>(kind: Kind, id: string, source: string): Ids[Kind] {
  if (isId(kind, id)) return id;
  throw new UsageError(`${source} must match ${patterns[kind].source}.`);
}

function isId<Kind extends keyof Ids>(kind: Kind, id: string): id is Ids[Kind] {
  return patterns[kind].test(id);
}

/**
 * Returns the number in the value of an option.
 *
 * @throws {UsageError} if it is not a whole number, or less than the minimum
 */
export function wholeNumber(option: string, given: string | undefined, minimum: number): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (/^\d+$/.test(given) && Number.isSafeInteger(number) && number >= minimum) return number;
  throw new UsageError(`${option} must be a whole number, ${minimum} or more.`);
}

/**
 * Returns the mappings of `--map column=Group.trait`. The last `=` separates, since the name of a column can contain one.
 *
 * @throws {UsageError} if one has another form, or there are fewer than the contract requires
 */
export function mappedColumns(given: readonly string[] = []): ColumnMapping[] {
  const { minItems } = bounds.ColumnMappings;
  if (given.length < minItems) {
    throw new UsageError(`Map at least ${minItems} columns: --map email=Contact.email --map name=Contact.firstName`);
  }
  return given.map((each) => {
    const at = each.lastIndexOf("=");
    const target = at > 0 && traitNamed(each.slice(at + 1));
    if (target) return { columnName: each.slice(0, at), ...target };
    throw new UsageError(`${JSON.stringify(each)} is not a valid --map. Use --map column=Group.trait.`);
  });
}

/**
 * Returns the assignments of `--set` and `--set-json`.
 *
 * @throws {UsageError} which does not repeat a value
 */
export function assignments(set: readonly string[] = [], setJson: readonly string[] = []): Assignment<TraitValue>[] {
  return [...set.map((given) => assignment("--set", given)), ...setJson.map(jsonAssignment)];
}

/**
 * Groups assignments by trait group.
 *
 * @throws {UsageError} if a target is not `Group.trait`, or is assigned twice
 */
export function assignedTraits<Value>(given: readonly Assignment<Value>[]): Record<string, Record<string, Value>> {
  const groups = new Map<string, Map<string, Value>>();
  for (const [target, value] of given) {
    const { traitGroup, traitName } = traitNamed(target) ?? {};
    if (!traitGroup || !traitName)
      throw new UsageError("The name of a trait must have the form Group.trait, such as Contact.email.");
    const group = groups.get(traitGroup) ?? new Map<string, Value>();
    if (group.has(traitName)) throw new UsageError(`The trait ${target} is given twice.`);
    groups.set(traitGroup, group.set(traitName, value));
  }
  return Object.fromEntries([...groups].map(([name, traits]) => [name, Object.fromEntries(traits)]));
}

function assignment(option: string, given: string): Assignment<string> {
  const at = given.indexOf("=");
  if (at < 0) throw new UsageError(`${option} must have the form Group.trait=value.`);
  return [given.slice(0, at), given.slice(at + 1)];
}

function jsonAssignment(given: string): Assignment<TraitValue> {
  const [target, json] = assignment("--set-json", given);
  const value = parseJson(json);
  if (isScalar(value) || (Array.isArray(value) && value.every(isScalar))) return [target, value];
  throw new UsageError(`--set-json ${target} must be valid JSON: a string, a number, a boolean or an array of these.`);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
