import fc from "fast-check";
import { forEachConcurrently } from "../../run/for-each-concurrently.ts";
import type { RunProfile, Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import { changesOf, GROUP, People, SPELLING_COUNT, type TraitPlan } from "../model/people.ts";
import type { TraitChanges } from "../model/profile-model.ts";
import { seedOf } from "../seed-of.ts";
import { checkJoined, MARK } from "./check-joined.ts";
import { createdId, isAccepted, type SentWrite, sendTimed } from "./sent-write.ts";

const ROUNDS: Readonly<Record<RunProfile, number>> = { quick: 5, full: 25, soak: 100 };
const LARGE: Readonly<Record<RunProfile, number>> = { quick: 300, full: 2_000, soak: 20_000 };
const AT_ONCE = 24;

type Plan = readonly TraitPlan[];

/** Many simultaneous creates and batches over few identifiers. */
export function joiningWrites(seed: number, profile: RunProfile): Scenario[] {
  const spelled = (person: number, at: number) => ({ person, spelling: at % SPELLING_COUNT });
  const creates = (plan: (at: number) => TraitPlan): Plan[] => Array.from({ length: AT_ONCE }, (_, at) => [plan(at)]);
  const rounds = (name: string, plans: readonly Plan[]): Scenario => ({
    name: `concurrency/${name}`,
    isWriting: true,
    run: async (session) => {
      // A race may need several attempts.
      for (let round = 0; round < ROUNDS[profile] && session.violations.length === 0; round++)
        await writeAll(session, plans);
    },
  });
  const large = "concurrency/many-identifiers";
  return [
    rounds(
      "one-email",
      creates((at) => ({ email: spelled(0, at) })),
    ),
    rounds(
      "one-phone",
      creates((at) => ({ phone: spelled(0, at) })),
    ),
    rounds(
      "two-identifiers",
      creates((at) => ({
        ...(at % 3 !== 0 && { email: spelled(0, at) }),
        ...(at % 3 !== 1 && { phone: spelled(0, at) }),
      })),
    ),
    rounds("creates-and-batches", [
      ...creates((at) => ({ email: spelled(at % 3, 0) })).slice(0, 12),
      ...Array.from(
        { length: 6 },
        (_, at): Plan => [0, 1, 2].map((person) => ({ email: spelled((person + at) % 3, 0) })),
      ),
    ]),
    {
      name: large,
      isWriting: true,
      run: (session) => writeAll(session, randomPlans(seedOf(seed, large), LARGE[profile])),
    },
  ];
}

/** Chains of people who share an identifier with a neighbour, some of them in batches. */
function randomPlans(seed: number, length: number): readonly Plan[] {
  const people = Math.ceil(length / 3);
  const item: fc.Arbitrary<TraitPlan> = fc
    .record({ person: fc.nat(people), distance: fc.constantFrom(0, 0, 0, 1), kind: fc.nat(5) })
    .map(({ person, distance, kind }) => ({
      ...(kind !== 0 && { email: { person, spelling: 0 } }),
      ...(kind % 3 === 0 && { phone: { person: person + distance, spelling: 0 } }),
    }));
  const plan = fc.oneof(
    { arbitrary: fc.array(item, { minLength: 2, maxLength: 5 }), weight: 1 },
    { arbitrary: fc.tuple(item), weight: 9 },
  );
  return fc.sample(plan, { seed, numRuns: length });
}

async function writeAll(session: Session, plans: readonly Plan[]): Promise<void> {
  const people = new People(session);
  let mark = 0;
  const requests = plans.map((plan) => plan.map((item) => ({ ...changesOf(people, item), [MARK]: String(mark++) })));
  const writes: SentWrite[] = [];
  let failed = 0;
  await forEachConcurrently(requests, AT_ONCE, async (items) => {
    const write = await send(session, items);
    if (write === undefined) failed++;
    else writes.push(write);
  });
  // A write that failed may have had an effect.
  if (failed > 0) session.note(`${failed} writes failed, so the state was not checked.`);
  else await checkJoined(session, writes, people.identifierOf);
}

async function send(session: Session, items: readonly TraitChanges[]): Promise<SentWrite | undefined> {
  const [first] = items;
  if (items.length === 1) {
    const timed = await sendTimed(session, "createProfile", { body: { traits: { [GROUP]: first } } });
    const id = createdId(session, timed);
    return id === undefined ? undefined : { ...timed, items, id };
  }
  const profiles = items.map((traits) => ({ traits: { [GROUP]: traits } }));
  const timed = await sendTimed(session, "updateProfilesBulk", { body: { profiles } });
  return isAccepted(session, "updateProfilesBulk", timed.exchange) ? { ...timed, items } : undefined;
}
