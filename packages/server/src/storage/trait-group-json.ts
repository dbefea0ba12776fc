import type { TraitValue } from "@memory-api/types";
import type { TraitGroup } from "../domain/profiles/profile-rows.ts";
import { Dictionary } from "./dictionary.ts";

/** A list rather than an object, so that names like `__proto__` are ordinary and names like `10` keep their position. `null` is a removal. */
type Entries = [name: string, value: TraitValue | null, writtenAt: number][];

/** A trait group as the text that a database stores. It never contains a NUL or an unpaired surrogate, even if the values do. */
export function encodeTraitGroup(traits: TraitGroup): string {
  const entries: Entries = [];
  for (const [name, { value, writtenAt }] of traits) entries.push([name, value ?? null, writtenAt]);
  return JSON.stringify(entries);
}

export function decodeTraitGroup(text: string): TraitGroup {
  const entries: Entries = JSON.parse(text);
  return new Map(
    entries.map(([name, value, writtenAt]) => [name, value === null ? { writtenAt } : { value, writtenAt }]),
  );
}

/** @returns the values without removed traits, or `undefined` if all were removed */
export function decodeTraitValues(text: string): Readonly<Record<string, TraitValue>> | undefined {
  const entries: Entries = JSON.parse(text);
  const values: Record<string, TraitValue> = new Dictionary();
  let isEmpty = true;
  for (const [name, value] of entries) {
    if (value === null) continue;
    values[name] = value;
    isEmpty = false;
  }
  return isEmpty ? undefined : values;
}
