import type { paths } from "@memory-api/types";
import createClient, { type Client } from "openapi-fetch";
import type { ClientOptions } from "../connection/client-options.ts";
import { type Connection, createConnection } from "../connection/connection.ts";
import { fetchThrough } from "./fetch-through.ts";

/** The options of `createMemoryClient`, or the connection of another client to share its retries and pauses. */
export type FetchClientOptions = ClientOptions | { readonly connection: Connection };

/**
 * Creates an openapi-fetch client of the Memory API. Creating it sends nothing.
 *
 * Below openapi-fetch works the engine of `createMemoryClient`: credentials, retries, `Retry-After`, time limits, `middleware` and
 * `logger`. Redirects are never followed; see {@link profileMoved}. Credentials are sent only to the origin of `baseUrl`.
 *
 * A request resolves to `{ data, error, response }` for every response, as usual with openapi-fetch. It rejects with a ConnectionError if
 * no complete response arrived, with a TimeLimitError if none arrived in time, and with an InvalidParameterError for a path parameter that
 * does not match its pattern.
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
  const connection = "connection" in options ? options.connection : createConnection(options);
  return createClient<paths>({ baseUrl: connection.baseUrl, fetch: fetchThrough(connection) });
}
