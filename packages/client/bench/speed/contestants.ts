import { type ClientOptions, createConnection, fetchProfile, patchProfileTraits } from "@memory-api/client";
import { createFetchClient } from "@memory-api/client/openapi-fetch";
import { undiciFetch } from "@memory-api/client/undici";
import type { paths } from "@memory-api/types";
import createClient, { type Client } from "openapi-fetch";
import { redirectedSdk } from "../redirected-sdk.ts";

/** One request, repeated for the length of a lap. */
export type Call = () => PromiseLike<unknown>;

/** The same two requests through one of the clients. */
export interface Contestant {
  readonly GET: Call;
  readonly PATCH: Call;
}

const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_00000000000000000000000000";
const body = { traits: { Contact: { firstName: "Ada", city: "Los Angeles" } } };

const credentials = { apiKey: "SK", apiSecret: "secret" };
const Authorization = `Basic ${btoa("SK:secret")}`;

/** All contestants, each created for the origin of the server. */
export const contestants = {
  "bare fetch": (origin: string) => bareFetch(`${origin}/v1/Stores/${storeId}/Profiles/${profileId}`),
  client: (origin: string) => client({ baseUrl: origin }),
  "client with undici": (origin: string) => client({ baseUrl: origin, fetch: undiciFetch() }),
  "bare openapi-fetch": (origin: string) =>
    throughOpenapiFetch(createClient<paths>({ baseUrl: origin, headers: { Authorization } })),
  "openapi-fetch client": (origin: string) => throughOpenapiFetch(createFetchClient({ baseUrl: origin, credentials })),
  twilio: vendor,
};

export type ContestantName = keyof typeof contestants;

export function isContestant(name: string): name is ContestantName {
  return Object.hasOwn(contestants, name);
}

/** The minimal use of `fetch`: no timeout, no check of the status. */
function bareFetch(url: string): Contestant {
  const patch = { Authorization, "Content-Type": "application/json" };
  return {
    GET: async () => (await fetch(url, { headers: { Authorization } })).json(),
    PATCH: async () => (await fetch(url, { method: "PATCH", headers: patch, body: JSON.stringify(body) })).json(),
  };
}

function client(options: ClientOptions): Contestant {
  const connection = createConnection({ ...options, credentials });
  const path = { storeId, profileId } as const;
  return {
    GET: () => fetchProfile(connection, { path }),
    PATCH: () => patchProfileTraits(connection, { path, body }),
  };
}

function throughOpenapiFetch({ GET, PATCH }: Client<paths>): Contestant {
  const path = "/v1/Stores/{storeId}/Profiles/{profileId}";
  const params = { path: { storeId, profileId } } as const;
  return { GET: () => GET(path, { params }), PATCH: () => PATCH(path, { params, body }) };
}

function vendor(origin: string): Contestant {
  const sdk = redirectedSdk(origin);
  return {
    GET: () => sdk.profiles(storeId, profileId).fetch(),
    PATCH: () => sdk.profiles(storeId, profileId).patch(body),
  };
}
