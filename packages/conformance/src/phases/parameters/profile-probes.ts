import type { TraitTarget } from "../../contract/declared-traits.ts";
import type { Exchange } from "../../http/exchange.ts";
import { createPerson, newPerson, type Traits, textTraits } from "../../scenarios/people.ts";
import type { Session } from "../../scenarios/session.ts";
import { type Probe, reportIgnored, shown, valueIn } from "./probe.ts";

interface Texts {
  readonly traits: Traits;
  /** Whether a fetched profile has the value in all of them. */
  readonly areIn: (found: Exchange) => boolean;
  /** Whether it has the value in any of them. */
  readonly isAnyIn: (found: Exchange) => boolean;
}

/** One value for every trait of the store that holds any text and identifies nobody. */
function textsOf(session: Session, value: string): Texts {
  const targets = textTraits(session, 1, Number.POSITIVE_INFINITY);
  const single = targets.map(({ traitGroup, traitName }): Traits => ({ [traitGroup]: { [traitName]: value } }));
  const hasValue = (found: Exchange) => (target: TraitTarget) =>
    valueIn(found, "traits", target.traitGroup, target.traitName) === value;
  return {
    traits: single.reduce(merged, {}),
    areIn: (found) => targets.every(hasValue(found)),
    isAnyIn: (found) => targets.some(hasValue(found)),
  };
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
  const { traits, areIn, isAnyIn } = textsOf(session, "patched");
  const [one, other] = [await createPerson(session), await createPerson(session)];
  const patch = await session.send("patchProfileTraits", { path: { profileId: one.profileId }, body: { traits } });
  if (patch.response.status !== 202) return;
  const patched = await fetchUntil(session, one.profileId, areIn);
  const untouched = await session.send("fetchProfile", { path: { profileId: other.profileId } });
  if (isAnyIn(untouched)) {
    reportIgnored(session, parameter, "only the named profile changes", "another one changes", [
      one.exchange,
      other.exchange,
      patch,
      untouched,
    ]);
  } else if (!areIn(patched)) {
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

/** The second of two creates of a person must overwrite the value of the first. */
export const createTraitsProbe: Probe = async (session, parameter) => {
  const person = newPerson(session);
  const evidence: Exchange[] = [];
  for (const value of ["first", "second"]) {
    const { traits, areIn } = textsOf(session, value);
    const created = await session.send("createProfile", { body: { traits: merged(person, traits) } });
    if (created.response.status !== 202) return;
    evidence.push(created);
    const found = await fetchUntil(session, String(valueIn(created, "id")), areIn);
    if (areIn(found)) continue;
    reportIgnored(session, parameter, `every text trait with the value ${value}`, shown(valueIn(found, "traits")), [
      ...evidence,
      found,
    ]);
    return;
  }
};

export const patchTraitsProbe: Probe = async (session, parameter) => {
  const { profileId, exchange } = await createPerson(session);
  const evidence = [exchange];
  for (const value of ["first", "second"]) {
    const { traits, areIn } = textsOf(session, value);
    const patch = await session.send("patchProfileTraits", { path: { profileId }, body: { traits } });
    if (patch.response.status !== 202) return;
    evidence.push(patch);
    const found = await fetchUntil(session, profileId, areIn);
    if (areIn(found)) continue;
    reportIgnored(session, parameter, `every text trait with the value ${value}`, shown(valueIn(found, "traits")), [
      ...evidence,
      found,
    ]);
    return;
  }
};

/** Every item of a batch must be applied, with its own traits. */
export const bulkProbe: Probe = async (session, parameter) => {
  const people = ["first", "second", "third"].map((value) => ({
    value,
    person: newPerson(session),
    ...textsOf(session, value),
  }));
  const profiles = people.map(({ person, traits }) => ({ traits: merged(person, traits) }));
  const bulk = await session.send("updateProfilesBulk", { body: { profiles } });
  if (bulk.response.status !== 202) return;
  for (const { value, person, areIn } of people) {
    // The batch has no IDs in its response. A create of the same person returns the ID.
    const resolved = await session.send("createProfile", { body: { traits: person } });
    const found = await fetchUntil(session, String(valueIn(resolved, "id")), areIn);
    if (areIn(found)) continue;
    reportIgnored(
      session,
      parameter,
      `every text trait of an item with the value ${value}`,
      shown(valueIn(found, "traits")),
      [bulk, resolved, found],
    );
    return;
  }
};

function merged(one: Traits, other: Traits): Traits {
  const groups = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...groups].map((group) => [group, { ...one[group], ...other[group] }]));
}
