import { type ClientOptions, createConnection, fetchProfile, patchProfileTraits } from "@memory-api/client";
import { undiciFetch } from "@memory-api/client/undici";
import { redirectedSdk } from "../redirected-sdk.ts";

/** What is called again and again. */
export type Call = () => PromiseLike<unknown>;

/** The same two calls. */
export interface Contestant {
  readonly GET: Call;
  readonly PATCH: Call;
}

const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_00000000000000000000000000";
const body = { traits: { Contact: { firstName: "Ada", city: "Los Angeles" } } };

/** All who take part, against one server. */
export const contestants = {
  "fetch alone": (origin: string) => fetchAlone(`${origin}/v1/Stores/${storeId}/Profiles/${profileId}`),
  client: (origin: string) => client({ baseUrl: origin }),
  "client with undici": (origin: string) => client({ baseUrl: origin, fetch: undiciFetch() }),
  twilio: vendor,
};

export type ContestantName = keyof typeof contestants;

export function isContestant(name: string): name is ContestantName {
  return Object.hasOwn(contestants, name);
}

/** The least that can be written with it: no time limit, no look at the status. */
function fetchAlone(url: string): Contestant {
  const Authorization = `Basic ${btoa("SK:secret")}`;
  const patch = { Authorization, "Content-Type": "application/json" };
  return {
    GET: async () => (await fetch(url, { headers: { Authorization } })).json(),
    PATCH: async () => (await fetch(url, { method: "PATCH", headers: patch, body: JSON.stringify(body) })).json(),
  };
}

function client(options: ClientOptions): Contestant {
  const connection = createConnection({ ...options, credentials: { apiKey: "SK", apiSecret: "secret" } });
  const path = { storeId, profileId } as const;
  return {
    GET: () => fetchProfile(connection, { path }),
    PATCH: () => patchProfileTraits(connection, { path, body }),
  };
}

function vendor(origin: string): Contestant {
  const sdk = redirectedSdk(origin);
  return {
    GET: () => sdk.profiles(storeId, profileId).fetch(),
    PATCH: () => sdk.profiles(storeId, profileId).patch(body),
  };
}
