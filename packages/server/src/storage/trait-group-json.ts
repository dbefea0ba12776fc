import type { TraitValue } from "@memory-api/types";
import type { TraitGroup } from "../domain/profile-state.ts";

/** A list and no object: so names like `__proto__` are like any other, and those like `10` keep their place. */
type Entries = [name: string, value: TraitValue, writtenAt: number][];

/** A trait group as the text that a database keeps. It holds neither a NUL nor an unpaired surrogate, whatever the values hold. */
export function encodeTraitGroup(traits: TraitGroup): string {
  const entries: Entries = [];
  for (const [name, { value, writtenAt }] of traits) entries.push([name, value, writtenAt]);
  return JSON.stringify(entries);
}

export function decodeTraitGroup(text: string): TraitGroup {
  const entries: Entries = JSON.parse(text);
  return new Map(entries.map(([name, value, writtenAt]) => [name, { value, writtenAt }]));
}

export function decodeTraitValues(text: string): Map<string, TraitValue> {
  const entries: Entries = JSON.parse(text);
  return new Map(entries.map(([name, value]) => [name, value]));
}
