import { operations } from "@memory-api/types";
import type { Connection } from "../connection/connection.ts";
import type { ContractRequest } from "../connection/contract-request.ts";
import type { FetchBody } from "../transports/fetch.ts";
import { exchange } from "./exchange.ts";
import { operationAt } from "./operation-at.ts";
import { rememberFailure } from "./throw-memory-errors.ts";

/** Returns the `fetch` of an openapi-fetch client: it sends each request through a connection. */
export function fetchThrough(connection: Connection): (request: Request) => Promise<Response> {
  const { origin } = new URL(connection.baseUrl);
  return async (request) => {
    const { pathname, origin: target } = new URL(request.url);
    const { id, pathParameters } = operationAt(request.method, pathname);
    const { method, authenticated } = operations[id];
    const { authorization: own, "content-type": type, ...headers } = Object.fromEntries(request.headers);
    const sendsCredentials = own === undefined && authenticated && target === origin;
    // The names that the rest of the client uses.
    if (type !== undefined) headers["Content-Type"] = type;
    let body: Promise<FetchBody | undefined> | undefined;
    const prepare = async (): Promise<ContractRequest> => {
      body ??= bodyOf(request, type);
      const authorization = sendsCredentials ? await connection.authorization() : own;
      const withCredentials = authorization === undefined ? headers : { ...headers, Authorization: authorization };
      return { method, url: request.url, pathParameters, headers: withCredentials, body: await body };
    };
    const outcome = await exchange(connection, id, prepare, { signal: request.signal });
    if (outcome.error !== undefined) rememberFailure(request, outcome);
    return outcome.response;
  };
}

/** Not by `request.body`, which Firefox does not have. */
async function bodyOf(request: Request, type = ""): Promise<FetchBody | undefined> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  if (type.includes("json")) return (await request.text()) || undefined;
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.byteLength > 0 ? bytes : undefined;
}
