import type { OperationId } from "@memory-api/types";
import { isUnstorable } from "../../contract/identifiers.ts";
import { type Exchange, jsonOf } from "../../http/exchange.ts";
import { createPerson, newPerson, type Traits, textTraits } from "../../scenarios/people.ts";
import { expectRefusal } from "../../scenarios/refusals.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";

const DESCRIPTION = { kind: "contract", pointer: "/info/description" } as const;

/** Checks that a request that is refused for a part of its body applies no other part. */
export const rejectedScenarios: readonly Scenario[] = (
  ["createProfile", "patchProfileTraits", "updateProfilesBulk"] as const
).map((id) => ({ name: `requests/${id}/rejected`, isWriting: true, run: (session) => rejected(session, id) }));

async function rejected(session: Session, id: OperationId): Promise<void> {
  const [changed, marker] = textTraits(session, 2);
  if (changed === undefined || marker === undefined) return;
  const { profileId, traits, exchange: creation } = await createPerson(session);
  const change: Traits = { [changed.traitGroup]: { ...traits[changed.traitGroup], [changed.traitName]: "changed" } };
  const identified = { ...traits, ...change };
  const invalid = { NoSuchGroup: { name: "a" } };
  const bodies: Partial<Record<OperationId, unknown>> = {
    createProfile: { traits: { ...identified, ...invalid } },
    patchProfileTraits: { traits: { ...change, ...invalid } },
    updateProfilesBulk: { profiles: [{ traits: identified }, { traits: { ...newPerson(session), ...invalid } }] },
  };
  const path = id === "patchProfileTraits" ? { profileId } : {};
  const refused = await session.send(id, { path, body: bodies[id] });
  const refusal = { operationId: id, subject: "an undeclared trait group", statuses: [400], codes: [520047] };
  expectRefusal(session, refused, { ...refusal, source: DESCRIPTION, ifAccepted: "invalid-request-accepted" });
  if (refused.response.status < 400) return;
  // A later write that is visible shows that the one before would be, too.
  await session.send("patchProfileTraits", {
    path: { profileId },
    body: { traits: { [marker.traitGroup]: { [marker.traitName]: "later" } } },
  });
  const after = await session.eventually(async () => {
    const found = await session.send("fetchProfile", { path: { profileId } });
    return storedValue(found, marker.traitGroup, marker.traitName) === "later" ? found : undefined;
  });
  if (after === undefined || storedValue(after, changed.traitGroup, changed.traitName) === undefined) return;
  const { traitGroup, traitName } = changed;
  session.report(
    {
      ...{ code: "rejected-request-applied", operationId: id, source: DESCRIPTION },
      ...{ expected: `no ${traitGroup}.${traitName}`, received: `the value of the rejected request` },
    },
    [creation, refused, after],
  );
}

/** Checks that a profile that was created has exactly the traits that were sent. */
export async function expectStored(session: Session, creation: Exchange | undefined): Promise<void> {
  if (creation?.response.status !== 202) return;
  const sent: Traits = Object(JSON.parse(String(creation.request.body))).traits;
  if (
    Object.values(sent).some((group) =>
      Object.values(group).some((value) => typeof value === "string" && isUnstorable(value)),
    )
  )
    return;
  const profileId = String(Object(jsonOf(creation.response)).id);
  let last: Exchange | undefined;
  const found = await session.eventually(async () => {
    last = await session.send("fetchProfile", { path: { profileId } });
    const { traits } = Object(jsonOf(last.response));
    return canonical(traits) === canonical(sent) ? last : undefined;
  });
  if (found !== undefined || last === undefined) return;
  const { traits } = Object(jsonOf(last.response));
  const [expected, received] = firstDifference(sent, Object(traits));
  session.report(
    {
      ...{ code: "value-changed", operationId: "createProfile", source: DESCRIPTION, expected },
      received: last.response.status === 200 ? received : describeResponse(last),
    },
    [creation, last],
  );
}

function storedValue({ response }: Exchange, group: string, name: string): unknown {
  return Object(Object(Object(jsonOf(response)).traits)[group])[name];
}

/** Equal for equal traits. A group without traits says nothing. */
function canonical(traits: unknown): string {
  const groups = Object.entries(Object(traits)).map(([group, members]) => [
    group,
    Object.entries(Object(members)).sort(byName),
  ]);
  return JSON.stringify(groups.filter(([, members]) => members !== undefined && members.length > 0).sort(byName));
}

function byName([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1;
}

function firstDifference(sent: Traits, stored: Traits): readonly [string, string] {
  for (const [group, members] of Object.entries(sent)) {
    for (const [name, value] of Object.entries(members)) {
      const found = stored[group]?.[name];
      if (JSON.stringify(found) !== JSON.stringify(value))
        return [shown(group, name, value), shown(group, name, found)];
    }
  }
  return ["only the traits that were sent", JSON.stringify(stored).slice(0, 500)];
}

function shown(group: string, name: string, value: unknown): string {
  return value === undefined ? `no ${group}.${name}` : `${group}.${name} ${JSON.stringify(value)}`.slice(0, 500);
}
