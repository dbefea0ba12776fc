import type { paths } from "@memory-api/types";
import createClient, { type Client } from "openapi-fetch";
import type { ClientOptions } from "../connection/client-options.ts";
import { type Connection, createConnection } from "../connection/connection.ts";
import { fetchThrough } from "./fetch-through.ts";
import { checkedPathOf } from "./operation-at.ts";

/** The options of `createMemoryClient`, or the connection of another client, whose options, retries and pauses are then shared. */
export type FetchClientOptions =
  | (ClientOptions & { readonly connection?: undefined })
  | ({ readonly connection: Connection } & { readonly [Option in keyof ClientOptions]?: undefined });

/**
 * Creates an openapi-fetch client of the Memory API. Creating it sends nothing.
 *
 * Underneath, the engine of `createMemoryClient` adds credentials, retries, `Retry-After`, time limits, `middleware` and `logger`.
 * Redirects are never followed; see {@link profileMoved}. Credentials are sent only to the origin of `baseUrl`.
 *
 * A request resolves to `{ data, error, response }` for every success that is the JSON of its operation and for every response that is not
 * successful, as usual with openapi-fetch. It rejects with a ConnectionError if no complete response arrived, with a TimeLimitError if none
 * arrived in time, with an InvalidParameterError for a path parameter that does not match its pattern, and with a MemoryApiError for a
 * success with another body. The options `cache`, `credentials`, `keepalive`, `mode`, `next` and `redirect` of a request have no effect.
 *
 * @throws {TypeError} if there are no credentials in the options or the environment
 * @throws {InvalidParameterError} if the base URL is invalid, or the credentials are incomplete
 *
 * @example
 * const client = createFetchClient({ credentials: { apiKey: "SK…", apiSecret: "…" } });
 * const { data, error } = await client.GET("/v1/Stores/{storeId}/Profiles/{profileId}", {
 *   params: { path: { storeId, profileId } },
 * });
 */
export function createFetchClient(options: FetchClientOptions = {}): Client<paths> {
  const connection = options.connection ?? createConnection(options);
  return createClient<paths>({
    baseUrl: connection.baseUrl,
    fetch: fetchThrough(connection),
    pathSerializer: checkedPathOf,
  });
}
