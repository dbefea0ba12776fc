import { operations, type paths } from "@memory-api/types";
import createClient, { type Client } from "openapi-fetch";
import type { ClientOptions } from "../connection/client-options.ts";
import { type Connection, createConnection } from "../connection/connection.ts";
import type { ContractRequest } from "../connection/http-messages.ts";
import type { FetchBody } from "../transports/fetch.ts";
import { exchange } from "./exchange.ts";
import { checkedPathOf, operationAt } from "./operation-at.ts";
import { rememberFailure } from "./throw-memory-errors.ts";

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

/** Returns the `fetch` of an openapi-fetch client: it sends each request through a connection. */
function fetchThrough(connection: Connection): (request: Request) => Promise<Response> {
  const { origin } = new URL(connection.baseUrl);
  return async (request) => {
    const { pathname, origin: target } = new URL(request.url);
    const { id, pathParameters } = operationAt(request.method, pathname);
    const { method, authenticated } = operations[id];
    const { authorization: given, "content-type": type, ...added } = Object.fromEntries(request.headers);
    const sendsCredentials = given === undefined && authenticated && target === origin;
    // The headers of the request replace those of the client, like the headers of a call.
    const headers = given === undefined ? added : { ...added, Authorization: given };
    let body: Promise<FetchBody | undefined> | undefined;
    const prepare = async (): Promise<ContractRequest> => {
      body ??= bodyOf(request, type);
      const authorization = sendsCredentials ? await connection.authorization() : undefined;
      const clientHeaders = {
        ...(type !== undefined && { "Content-Type": type }),
        ...(authorization !== undefined && { Authorization: authorization }),
      };
      return { method, url: request.url, pathParameters, headers: clientHeaders, body: await body };
    };
    const outcome = await exchange(connection, id, prepare, { signal: request.signal, headers });
    if (outcome.error !== undefined) rememberFailure(request, outcome);
    return outcome.response;
  };
}

/** Does not read `request.body`, which Firefox does not support. */
async function bodyOf(request: Request, type = ""): Promise<FetchBody | undefined> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  if (type.includes("json")) return (await request.text()) || undefined;
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.byteLength > 0 ? bytes : undefined;
}
