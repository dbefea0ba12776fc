import type { TraitValue } from "@memory-api/types";
import { traitNamed } from "../../imports/column-mapping.ts";
import { parseJson } from "../input/parse-json.ts";
import { UsageError } from "./usage-error.ts";

/** A trait, `Group.trait`, and what it becomes. */
export type Assignment<Value> = readonly [target: string, value: Value];

/** The options that {@link assignments} reads. */
export const ASSIGNMENT_OPTIONS = {
  set: { type: "string", multiple: true },
  "set-json": { type: "string", multiple: true },
} as const;

/** What `--set` and `--set-json` say. No error repeats a value. */
export function assignments(set: readonly string[] = [], setJson: readonly string[] = []): Assignment<TraitValue>[] {
  return [...set.map((given) => parted("--set", given)), ...setJson.map(parsed)];
}

/**
 * The traits by group.
 *
 * @throws {UsageError} if one is not told as `Group.trait`, or told twice
 */
export function assignedTraits<Value>(given: readonly Assignment<Value>[]): Record<string, Record<string, Value>> {
  const groups = new Map<string, Map<string, Value>>();
  for (const [target, value] of given) {
    const { traitGroup, traitName } = traitNamed(target) ?? {};
    if (!traitGroup || !traitName) throw new UsageError("A trait is told as Group.trait, such as Contact.email.");
    const group = groups.get(traitGroup) ?? new Map<string, Value>();
    if (group.has(traitName)) throw new UsageError(`${target} is given twice.`);
    groups.set(traitGroup, group.set(traitName, value));
  }
  return Object.fromEntries([...groups].map(([name, traits]) => [name, Object.fromEntries(traits)]));
}

function parted(option: string, given: string): Assignment<string> {
  const at = given.indexOf("=");
  if (at < 0) throw new UsageError(`${option} takes Group.trait=value.`);
  return [given.slice(0, at), given.slice(at + 1)];
}

function parsed(given: string): Assignment<TraitValue> {
  const [target, json] = parted("--set-json", given);
  const value = parseJson(json);
  if (isScalar(value) || (Array.isArray(value) && value.every(isScalar))) return [target, value];
  throw new UsageError(`--set-json ${target} takes a string, a number, a boolean or an array of them, as JSON.`);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
