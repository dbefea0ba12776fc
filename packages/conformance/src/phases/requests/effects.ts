import { type Exchange, jsonOf } from "../../http/exchange.ts";
import { createPerson, newPerson, type Traits, textTraits } from "../../scenarios/people.ts";
import { expectRejection } from "../../scenarios/rejections.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import { describeResponse, type Session } from "../../scenarios/session.ts";
import type { Tried } from "./trial.ts";

const DESCRIPTION = { kind: "contract", pointer: "/info/description" } as const;

const WRITES = ["createProfile", "patchProfileTraits", "updateProfilesBulk"] as const;

/** Checks that a request that is rejected for a part of its body applies no other part. */
export const rejectedScenarios: readonly Scenario[] = WRITES.map((id) => ({
  name: `requests/${id}/rejected`,
  isWriting: true,
  run: async (session) => {
    await rejected(session, id, await createPerson(session));
    // A new person must not be created, either.
    if (id !== "patchProfileTraits") await rejected(session, id, { traits: newPerson(session) });
  },
}));

async function rejected(
  session: Session,
  id: (typeof WRITES)[number],
  person: { readonly traits: Traits; readonly profileId?: string; readonly exchange?: Exchange },
): Promise<void> {
  const [changed, marker] = textTraits(session, 2);
  if (changed === undefined || marker === undefined) return;
  const { profileId, traits } = person;
  const change: Traits = { [changed.traitGroup]: { ...traits[changed.traitGroup], [changed.traitName]: "changed" } };
  const invalid = { NoSuchGroup: { name: "a" } };
  const bodies = {
    createProfile: { traits: { ...traits, ...change, ...invalid } },
    patchProfileTraits: { traits: { ...change, ...invalid } },
    updateProfilesBulk: {
      profiles: [{ traits: { ...traits, ...change } }, { traits: { ...newPerson(session), ...invalid } }],
    },
  };
  const path = id === "patchProfileTraits" && profileId !== undefined ? { profileId } : {};
  const rejected = await session.send(id, { path, body: bodies[id] });
  const rejection = { operationId: id, subject: "an undeclared trait group", statuses: [400], codes: [520047] };
  expectRejection(session, rejected, { ...rejection, source: DESCRIPTION, ifAccepted: "invalid-request-accepted" });
  if (rejected.response.status < 400) return;
  // A later write that is visible shows that the one before would be, too.
  const later: Traits = { [marker.traitGroup]: { ...traits[marker.traitGroup], [marker.traitName]: "later" } };
  const written = await session.send("createProfile", { body: { traits: { ...traits, ...later } } });
  const writtenId = String(Object(jsonOf(written.response)).id);
  const after = await session.eventually(async () => {
    const found = await session.send("fetchProfile", { path: { profileId: writtenId } });
    return storedValue(found, marker.traitGroup, marker.traitName) === "later" ? found : undefined;
  });
  if (after === undefined || storedValue(after, changed.traitGroup, changed.traitName) === undefined) return;
  const { traitGroup, traitName } = changed;
  session.report(
    {
      ...{ code: "rejected-request-applied", operationId: id, source: DESCRIPTION },
      ...{ expected: `no ${traitGroup}.${traitName}`, received: "the value of the rejected request" },
    },
    [...(person.exchange === undefined ? [] : [person.exchange]), rejected, written, after],
  );
}

/** Checks that a profile that was created with valid traits has exactly these. */
export async function expectStored(session: Session, tried: Tried | undefined): Promise<void> {
  const creation = tried?.exchange;
  if (tried?.judgement.kind !== "valid" || creation?.response.status !== 202) return;
  const sent: Traits = Object(JSON.parse(String(creation.request.body))).traits;
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
