import { expect } from "vitest";
import { faultsInTables } from "../support/faults-in-tables.ts";
import type { Place } from "../support/place.ts";
import { profileOf, readTables } from "../support/tables.ts";
import { learnIds } from "./list-steps.ts";
import type { Model } from "./model.ts";
import { expectProfile } from "./read-steps.ts";
import type { Real } from "./step.ts";

/** Compares the server with the model: every ID in a response, and the tables. */
export async function expectSameState(model: Model, real: Real, place: Place): Promise<void> {
  await learnIds(model, real);
  for (const id of model.ids) await expectProfile(model, real, id);

  const tables = await readTables(place, real.storeId);
  expect(faultsInTables(tables)).toEqual([]);
  const owners = [...tables.identifiers.keys()].map(
    (identifier) => [identifier, profileOf(tables, identifier)] as const,
  );
  const expected = model.profiles.flatMap(({ id, identifiers }) =>
    [...identifiers.keys()].map((identifier) => [identifier, id] as const),
  );
  expect(new Map(owners)).toEqual(new Map(expected));
}
