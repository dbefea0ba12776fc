import { operations } from "@memory-api/types";
import type { Connection } from "../connection/connection.ts";
import type { ContractRequest } from "../connection/contract-request.ts";
import { exchange } from "./exchange.ts";
import { operationAt } from "./operation-at.ts";
import { rememberError } from "./throw-memory-errors.ts";

/** Returns the `fetch` of an openapi-fetch client: it sends each request through a connection. */
export function fetchThrough(connection: Connection): (request: Request) => Promise<Response> {
  const { origin } = new URL(connection.baseUrl);
  return async (request) => {
    const url = new URL(request.url);
    const { id, pathParameters } = operationAt(request.method, url.pathname);
    const { method, authenticated } = operations[id];
    const { authorization: given, ...headers } = Object.fromEntries(request.headers);
    const body = request.body === null ? undefined : await request.text();
    const prepare = async (): Promise<ContractRequest> => {
      const isOurs = given === undefined && authenticated && url.origin === origin;
      const authorization = isOurs ? await connection.authorization() : given;
      return {
        baseUrl: url.origin,
        method,
        path: url.pathname + url.search,
        pathParameters,
        headers: authorization === undefined ? headers : { ...headers, Authorization: authorization },
        body,
      };
    };
    const { response, error } = await exchange(connection, id, prepare, { signal: request.signal });
    if (error !== undefined) rememberError(response, error);
    return response;
  };
}
