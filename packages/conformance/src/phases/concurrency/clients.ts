import fc from "fast-check";
import type { TraitPlan } from "../model/people.ts";
import { seedOf } from "../seed-of.ts";

/** Profiles that the steps name, and people whose identifiers they write. */
export const PEOPLE = 3;
/** Clients, and steps of each. A patch that may take effect later has more possible places in the order. */
const CLIENTS = { immediate: 4, later: 3 };
const STEPS = { immediate: 4, later: 3 };

/** A request of a client. Profiles have numbers. */
export type Step =
  | { readonly kind: "create"; readonly traits: TraitPlan }
  | { readonly kind: "patch"; readonly profile: number; readonly traits: TraitPlan }
  | { readonly kind: "delete"; readonly profile: number }
  | { readonly kind: "fetch"; readonly profile: number };

/** Plans of several clients for each of some rounds. @param hasReads whether they also read and delete, which needs writes that are visible at once */
export function clientsOf(seed: number, scenario: string, rounds: number, hasReads: boolean): Step[][][] {
  return fc.sample(clients(hasReads), { seed: seedOf(seed, scenario), numRuns: rounds });
}

function clients(hasReads: boolean): fc.Arbitrary<Step[][]> {
  const spelled = fc.record({ person: fc.nat(PEOPLE - 1), spelling: fc.constant(0) });
  const profile = fc.nat(PEOPLE - 1);
  const identified = fc.oneof(
    fc.record({ email: spelled }),
    fc.record({ phone: spelled }),
    fc.record({ email: spelled, phone: spelled }),
  );
  const patched: fc.Arbitrary<TraitPlan> = fc.oneof(
    { arbitrary: fc.constant({}), weight: 2 },
    { arbitrary: fc.record({ phone: spelled }), weight: 1 },
  );
  const create: fc.Arbitrary<Step> = fc.record({ kind: fc.constant("create" as const), traits: identified });
  const patch: fc.Arbitrary<Step> = fc.record({ kind: fc.constant("patch" as const), profile, traits: patched });
  const remove: fc.Arbitrary<Step> = fc.record({ kind: fc.constant("delete" as const), profile });
  const fetch: fc.Arbitrary<Step> = fc.record({ kind: fc.constant("fetch" as const), profile });
  // If a write may take effect later, a write to a profile that is deleted meanwhile may or may not.
  const step = hasReads
    ? fc.oneof(
        { arbitrary: create, weight: 3 },
        { arbitrary: patch, weight: 3 },
        { arbitrary: fetch, weight: 3 },
        { arbitrary: remove, weight: 1 },
      )
    : fc.oneof(create, patch);
  const kind = hasReads ? "immediate" : "later";
  const steps = fc.array(step, { minLength: STEPS[kind], maxLength: STEPS[kind] });
  return fc.array(steps, { minLength: CLIENTS[kind], maxLength: CLIENTS[kind] });
}
