import type { Exchange } from "../../http/exchange.ts";
import { jsonOf } from "../../http/exchange.ts";
import { createPerson, type Traits, textTraits } from "../../scenarios/people.ts";
import type { RunProfile, Scenario } from "../../scenarios/scenario.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";
import { isAccepted, sendTimed } from "./sent-write.ts";

const ROUNDS: Readonly<Record<RunProfile, number>> = { quick: 3, full: 15, soak: 60 };
const AT_ONCE = 8;

/** Simultaneous writes to different traits of one profile. Whatever their order is, all values must remain. */
export function disjointWrites(profile: RunProfile): Scenario {
  return {
    name: "concurrency/different-traits",
    isWriting: true,
    run: async (session) => {
      // A race may need several attempts.
      for (let round = 0; round < ROUNDS[profile] && session.violations.length === 0; round++)
        await writeDifferentTraits(session, String(round));
    },
  };
}

async function writeDifferentTraits(session: Session, value: string): Promise<void> {
  const targets = textTraits(session, 2, AT_ONCE);
  const { profileId, traits, exchange: creation } = await createPerson(session);
  const path = { profileId };
  const sent = await Promise.all(
    targets.map(({ traitGroup, traitName }, at) => {
      const changed: Traits = { [traitGroup]: { [traitName]: value } };
      if (at % 2 === 0) return sendTimed(session, "patchProfileTraits", { path, body: { traits: changed } });
      const all: Traits = { ...traits, [traitGroup]: { ...traits[traitGroup], [traitName]: value } };
      return sendTimed(session, "createProfile", { body: { traits: all } });
    }),
  );
  const accepted = sent.filter(({ exchange }, at) =>
    isAccepted(session, at % 2 === 0 ? "patchProfileTraits" : "createProfile", exchange),
  );
  // A write that failed may have had an effect.
  if (accepted.length < sent.length) return session.note("A write failed, so the values were not checked.");
  let last: Exchange | undefined;
  let lost = targets;
  await session.eventually(
    async () => {
      last = await session.send("fetchProfile", { path });
      const found = Object(Object(jsonOf(last.response)).traits);
      lost = targets.filter(({ traitGroup, traitName }) => Object(found[traitGroup])[traitName] !== value);
      return lost.length === 0 ? true : undefined;
    },
    Math.max(...accepted.map(({ end }) => end)),
  );
  if (lost.length === 0 || last === undefined) return;
  const names = (list: typeof targets) =>
    list.map(({ traitGroup, traitName }) => `${traitGroup}.${traitName}`).join(", ");
  session.report(
    {
      code: "concurrent-write-lost",
      operationId: "patchProfileTraits",
      expected: `the values of ${names(targets)}, which were written at the same time`,
      received: last.response.status === 200 ? `no new value of ${names(lost)}` : describeResponse(last),
      source: { kind: "contract", pointer: `${session.contract.operation("patchProfileTraits").pointer}/description` },
    },
    [creation, ...sent.map(({ exchange }) => exchange), last],
  );
}
