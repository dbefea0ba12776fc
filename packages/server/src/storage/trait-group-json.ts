import type { TraitValue } from "@memory-api/types";
import type { TraitGroup } from "../domain/profiles/profile-rows.ts";

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

/** Without removed traits. */
export function decodeTraitValues(text: string): Map<string, TraitValue> {
  const entries: Entries = JSON.parse(text);
  const values = new Map<string, TraitValue>();
  for (const [name, value] of entries) if (value !== null) values.set(name, value);
  return values;
}
