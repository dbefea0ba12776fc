import type { ProfileId } from "@memory-api/types";
import { createRandom } from "../storage-contract/random.ts";
import { atOnce } from "../support/at-once.ts";
import { bodyOf, type KeepAliveClient } from "../support/keep-alive-client.ts";
import { pick, type Random } from "../support/pick.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { createUniverse, type Person } from "./universe.ts";

/** The content of a request that returned 202. */
interface Write {
  readonly people: readonly Person[];
  /** ID of the profile, if the request or the response contains it. */
  readonly profileId?: ProfileId;
}

export interface AcceptedRequest extends Write {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
}

export const AT_ONCE = 64;

/**
 * Sends concurrent creates, bulks and patches of people who share identifiers to the servers in turn. Half of the people are in small
 * circles whose profiles merge within a few requests, and half in one so large that most of them share no identifier.
 */
export async function sendTraffic(
  clients: readonly [KeepAliveClient, ...KeepAliveClient[]],
  count: number,
  seed: number,
): Promise<AcceptedRequest[]> {
  const random = createRandom(seed);
  const universes = [
    createUniverse("hot", random, 40, 120),
    createUniverse("wide", random, 8 * count, Infinity),
  ] as const;
  const accepted: AcceptedRequest[] = [];
  await atOnce(AT_ONCE, Array.from({ length: count }).keys(), async (at) => {
    const client = clients[at % clients.length] ?? clients[0];
    const startedAt = Date.now();
    const write = await sendOne(client, random, pick(random, universes));
    if (write) accepted.push({ ...write, startedAt, endedAt: Date.now() });
  });
  return accepted;
}

async function sendOne(client: KeepAliveClient, random: Random, nextPerson: () => Person): Promise<Write | undefined> {
  const kind = random(10);
  if (kind === 0) return bulk(client, Array.from({ length: 1 + random(10) }, nextPerson));
  const person = nextPerson();
  const known = kind <= 3 ? pick(random, person.circle.ids) : undefined;
  return known === undefined ? create(client, person) : patch(client, person, known);
}

const path = { storeId } as const;
const traitsOf = ({ traits }: Person) => ({ traits: { Contact: traits } });

async function create(client: KeepAliveClient, person: Person): Promise<Write> {
  const { id } = bodyOf(await client.send("createProfile", { path, body: traitsOf(person) }), 202);
  person.circle.ids.push(id);
  return { people: [person], profileId: id };
}

async function patch(client: KeepAliveClient, person: Person, profileId: ProfileId): Promise<Write | undefined> {
  const response = await client.send("patchProfileTraits", { path: { storeId, profileId }, body: traitsOf(person) });
  // The profile was merged, so the patch was not applied.
  if (response.status === 308) return undefined;
  bodyOf(response, 202);
  return { people: [person], profileId };
}

async function bulk(client: KeepAliveClient, people: readonly Person[]): Promise<Write> {
  bodyOf(await client.send("updateProfilesBulk", { path, body: { profiles: people.map(traitsOf) } }), 202);
  return { people };
}
