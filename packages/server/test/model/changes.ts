import type { TraitValue } from "@memory-api/types";
import fc from "fast-check";
import { type Change, hasIdentifier } from "./model.ts";
import { TRAITS } from "./traits.ts";

const writing: fc.Arbitrary<Change<TraitValue>> = fc
  .constantFrom(...TRAITS)
  .chain(({ group, name, samples }) => fc.constantFrom(...samples).map(({ value }) => ({ group, name, value })));

const removing: fc.Arbitrary<Change<null>> = fc
  .constantFrom(...TRAITS)
  .map(({ group, name }) => ({ group, name, value: null }));

/**
 * Removes a promoted trait and writes another one. If its identifier belongs to another profile, the profiles merge and the removal
 * applies to both of them.
 */
const removingAndIdentifying: fc.Arbitrary<readonly Change[]> = fc
  .shuffledSubarray(
    TRAITS.filter(({ definition }) => definition.idTypePromotion !== undefined),
    { minLength: 2, maxLength: 2 },
  )
  .chain(([removed = TRAITS[0], written = TRAITS[0]]) =>
    fc.constantFrom(...written.samples).map(({ value }) => [
      { group: removed.group, name: removed.name, value: null },
      { group: written.group, name: written.name, value },
    ]),
  );

/** Changes of some distinct traits, ordered by group as in a request body. */
function someOf<Value extends TraitValue | null>(change: fc.Arbitrary<Change<Value>>) {
  return fc
    .uniqueArray(change, { selector: ({ group, name }) => `${group}.${name}`, maxLength: 5 })
    .map((changes) => [...Map.groupBy(changes, ({ group }) => group).values()].flat());
}

export const patchChanges: fc.Arbitrary<readonly Change[]> = fc.oneof(
  {
    arbitrary: someOf<TraitValue | null>(
      fc.oneof({ arbitrary: writing, weight: 3 }, { arbitrary: removing, weight: 1 }),
    ),
    weight: 3,
  },
  { arbitrary: removingAndIdentifying, weight: 1 },
);
export const personChanges = someOf(writing).filter(hasIdentifier);
export const unidentifiedChanges = someOf(writing).filter((changes) => !hasIdentifier(changes));

/** The changes as the `traits` of a request body. */
export function traitsOf<Value extends TraitValue | null>(changes: readonly Change<Value>[]) {
  const traits: Record<string, Record<string, Value>> = {};
  for (const { group, name, value } of changes) traits[group] = { ...traits[group], [name]: value };
  return traits;
}
