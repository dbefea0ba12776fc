import type { ProfileId } from "@memory-api/types";
import { createRandom } from "../storage-contract/random.ts";
import { atOnce } from "../support/at-once.ts";
import { bodyOf, type KeepAliveClient, UnexpectedStatusError } from "../support/keep-alive-client.ts";
import { pick } from "../support/pick.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { AT_ONCE } from "./traffic.ts";

const path = { storeId } as const;

export const EMAILS = Array.from({ length: 30 }, (_, at) => `${at}@example.com`);
const PHONES = EMAILS.map((_, at) => `+1${2_000_000_000 + at}`);

/**
 * Sends concurrent creates, bulks, patches, removals and deletes of a few people to the servers in turn. The identity of a person depends
 * on the order in which they are applied, so the only expectation of the result is that it is consistent.
 */
export async function sendChurn(clients: readonly KeepAliveClient[], count: number, seed: number): Promise<void> {
  const random = createRandom(seed);
  const known: ProfileId[] = [];

  const someTraits = () => ({
    ...(random(3) > 0 && { email: pick(random, EMAILS) ?? "" }),
    phone: pick(random, PHONES) ?? "",
  });
  const create = async (client: KeepAliveClient) => {
    const body = { traits: { Contact: someTraits() } };
    const { id } = bodyOf(await client.send("createProfile", { path, body }), 202);
    known[random(20)] = id;
  };
  const bulk = async (client: KeepAliveClient) => {
    const profiles = Array.from({ length: 5 }, () => ({ traits: { Contact: someTraits() } }));
    bodyOf(await client.send("updateProfilesBulk", { path, body: { profiles } }), 202);
  };
  const patch = async (client: KeepAliveClient, profileId: ProfileId) => {
    const traits = random(2) === 0 ? { email: null } : someTraits();
    const body = { traits: { Contact: { ...traits, phone: null } } };
    expectDone(await client.send("patchProfileTraits", { path: { storeId, profileId }, body }));
  };
  const remove = async (client: KeepAliveClient, profileId: ProfileId) =>
    expectDone(await client.send("deleteProfile", { path: { storeId, profileId } }));

  await atOnce(AT_ONCE, Array.from({ length: count }).keys(), async (at) => {
    const client = clients[at % clients.length];
    const profileId = pick(random, known);
    const kind = random(10);
    if (client === undefined) return;
    if (kind === 0) await bulk(client);
    else if (kind <= 2 && profileId !== undefined) await remove(client, profileId);
    else if (kind <= 5 && profileId !== undefined) await patch(client, profileId);
    else await create(client);
  });
}

/** Accepts that another request has merged or deleted the profile meanwhile. */
function expectDone({ status, body }: { readonly status: number; readonly body: unknown }): void {
  if (![202, 308, 404].includes(status)) throw new UnexpectedStatusError(status, 202, body);
}
