import { type TraitTarget, traitTargets } from "../../contract/declared-traits.ts";
import type { Exchange } from "../../http/exchange.ts";
import { createPerson, declaredBy, newPerson, type Traits, textTraits } from "../../scenarios/people.ts";
import type { Session } from "../../scenarios/session.ts";
import { type Probe, type ProbedParameter, reportIgnored, shown, valueIn } from "./probe.ts";

function textOf(
  session: Session,
  value: string,
): { readonly traits: Traits; readonly path: readonly [string, string, string] } {
  const [target] = textTraits(session, 1);
  const { traitGroup = "", traitName = "" } = target ?? {};
  return { traits: { [traitGroup]: { [traitName]: value } }, path: ["traits", traitGroup, traitName] };
}

/** Fetches a profile until a trait has a value. @returns the last response */
async function fetchUntil(
  session: Session,
  profileId: string,
  isDone: (found: Exchange) => boolean,
): Promise<Exchange> {
  const fetch = () => session.send("fetchProfile", { path: { profileId } });
  const found = await session.eventually(async () => {
    const exchange = await fetch();
    return isDone(exchange) ? exchange : undefined;
  });
  return found ?? fetch();
}

export const fetchIdProbe: Probe = async (session, parameter) => {
  const people = [await createPerson(session), await createPerson(session)];
  for (const { profileId, exchange } of people) {
    const found = await session.send("fetchProfile", { path: { profileId } });
    const id = valueIn(found, "id");
    if (found.response.status !== 200 || id === profileId) continue;
    reportIgnored(session, parameter, `the profile ${profileId}`, shown(id), [exchange, found]);
  }
};

export const patchIdProbe: Probe = async (session, parameter) => {
  const { traits, path } = textOf(session, "patched");
  const [one, other] = [await createPerson(session), await createPerson(session)];
  const patch = await session.send("patchProfileTraits", { path: { profileId: one.profileId }, body: { traits } });
  if (patch.response.status !== 202) return;
  const patched = await fetchUntil(session, one.profileId, (found) => valueIn(found, ...path) === "patched");
  const untouched = await session.send("fetchProfile", { path: { profileId: other.profileId } });
  if (valueIn(untouched, ...path) !== undefined) {
    reportIgnored(session, parameter, "only the named profile changes", "another one changes", [
      one.exchange,
      other.exchange,
      patch,
      untouched,
    ]);
  } else if (valueIn(patched, ...path) !== "patched") {
    reportIgnored(session, parameter, "the named profile changes", shown(valueIn(patched, "traits")), [
      one.exchange,
      patch,
      patched,
    ]);
  }
};

export const deleteIdProbe: Probe = async (session, parameter) => {
  const [one, other] = [await createPerson(session), await createPerson(session)];
  const deletion = await session.send("deleteProfile", { path: { profileId: one.profileId } });
  if (deletion.response.status !== 202) return;
  const deleted = await fetchUntil(session, one.profileId, (found) => found.response.status === 404);
  const untouched = await session.send("fetchProfile", { path: { profileId: other.profileId } });
  if (deleted.response.status === 404 && untouched.response.status === 200) return;
  const received = `status ${deleted.response.status} for it and ${untouched.response.status} for another profile`;
  reportIgnored(session, parameter, "only the named profile is deleted", received, [
    one.exchange,
    other.exchange,
    deletion,
    deleted,
    untouched,
  ]);
};

/** Each trait that the store declares must be kept. */
async function probeEveryTrait(session: Session, parameter: ProbedParameter): Promise<void> {
  const targets = traitTargets(declaredBy(session)).filter(
    ({ trait }) => trait.dataType === "STRING" && !trait.idTypePromotion && !trait.validationRule,
  );
  const sent: Record<string, Record<string, string>> = {};
  for (const { traitGroup, traitName } of targets) sent[traitGroup] = { ...sent[traitGroup], [traitName]: traitName };
  const { profileId, exchange } = await createPerson(session, sent);
  const isKept =
    (found: Exchange) =>
    ({ traitGroup, traitName }: TraitTarget) =>
      valueIn(found, "traits", traitGroup, traitName) === traitName;
  const found = await fetchUntil(session, profileId, (each) => targets.every(isKept(each)));
  const lost = targets.find((target) => !isKept(found)(target));
  if (lost === undefined) return;
  const expected = `the value of ${lost.traitGroup}.${lost.traitName}`;
  reportIgnored(session, parameter, expected, shown(valueIn(found, "traits")), [exchange, found]);
}

/** The second of two creates of a person must overwrite the value of the first. */
export const createTraitsProbe: Probe = async (session, parameter) => {
  await probeEveryTrait(session, parameter);
  const person = newPerson(session);
  const evidence: Exchange[] = [];
  for (const value of ["first", "second"]) {
    const { traits, path } = textOf(session, value);
    const created = await session.send("createProfile", { body: { traits: merged(person, traits) } });
    if (created.response.status !== 202) return;
    evidence.push(created);
    const found = await fetchUntil(session, String(valueIn(created, "id")), (each) => valueIn(each, ...path) === value);
    if (valueIn(found, ...path) === value) continue;
    reportIgnored(session, parameter, `the value ${value}`, shown(valueIn(found, "traits")), [...evidence, found]);
    return;
  }
};

export const patchTraitsProbe: Probe = async (session, parameter) => {
  const { profileId, exchange } = await createPerson(session);
  const evidence = [exchange];
  for (const value of ["first", "second"]) {
    const { traits, path } = textOf(session, value);
    const patch = await session.send("patchProfileTraits", { path: { profileId }, body: { traits } });
    if (patch.response.status !== 202) return;
    evidence.push(patch);
    const found = await fetchUntil(session, profileId, (each) => valueIn(each, ...path) === value);
    if (valueIn(found, ...path) === value) continue;
    reportIgnored(session, parameter, `the value ${value}`, shown(valueIn(found, "traits")), [...evidence, found]);
    return;
  }
};

/** Every item of a batch must be applied, with its own traits. */
export const bulkProbe: Probe = async (session, parameter) => {
  const people = ["first", "second", "third"].map((value) => ({
    value,
    person: newPerson(session),
    ...textOf(session, value),
  }));
  const profiles = people.map(({ person, traits }) => ({ traits: merged(person, traits) }));
  const bulk = await session.send("updateProfilesBulk", { body: { profiles } });
  if (bulk.response.status !== 202) return;
  for (const { value, person, path } of people) {
    // The batch has no IDs in its response. A create of the same person returns the ID.
    const resolved = await session.send("createProfile", { body: { traits: person } });
    const found = await fetchUntil(
      session,
      String(valueIn(resolved, "id")),
      (each) => valueIn(each, ...path) === value,
    );
    if (valueIn(found, ...path) === value) continue;
    reportIgnored(session, parameter, `the value ${value} of an item`, shown(valueIn(found, "traits")), [
      bulk,
      resolved,
      found,
    ]);
    return;
  }
};

function merged(one: Traits, other: Traits): Traits {
  const groups = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...groups].map((group) => [group, { ...one[group], ...other[group] }]));
}
