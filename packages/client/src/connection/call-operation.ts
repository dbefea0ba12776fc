import { operations } from "@memory-api/types";
import { MemoryApiError } from "../errors/memory-api-error.ts";
import type { JsonOperationId } from "../operations/operation-arguments.ts";
import { ApiPromise, type ApiResponse } from "./api-promise.ts";
import type { CallOptions } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import { requestIdOf, type SuccessfulResponse } from "./http-messages.ts";
import { parseJson, serializeJson } from "./json.ts";
import { checkedPath, urlOf } from "./request-url.ts";
import { send } from "./send.ts";

/** The resource of a call. */
interface CallTarget {
  readonly path: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

/** The arguments of a call before they are checked. */
export type CallArguments = CallTarget & { readonly body?: unknown };

/** Calls an operation of the contract. The generated functions call it with the types of each operation. */
export function callOperation<Id extends JsonOperationId>(
  connection: Connection,
  id: Id,
  { body, ...target }: CallArguments,
  options: CallOptions = {},
): ApiPromise<Id> {
  const makeJson = () => (body === undefined ? undefined : serializeJson(body));
  return new ApiPromise(id, responseOf(connection, id, target, makeJson, options));
}

/** Calls an operation with a body that is already JSON. */
export function callWithJson<Id extends JsonOperationId>(
  connection: Connection,
  id: Id,
  target: CallTarget,
  json: string,
  options: CallOptions = {},
): ApiPromise<Id> {
  return new ApiPromise(
    id,
    responseOf(connection, id, target, () => json, options),
  );
}

function responseOf<Id extends JsonOperationId>(
  connection: Connection,
  id: Id,
  target: CallTarget,
  makeJson: () => string | undefined,
  options: CallOptions,
): Promise<ApiResponse<Id>>;
async function responseOf(
  connection: Connection,
  id: JsonOperationId,
  { path: given, query }: CallTarget,
  makeJson: () => string | undefined,
  options: CallOptions,
): Promise<unknown> {
  const { method, path, mediaType } = operations[id];
  const pathParameters = checkedPath(id, given);
  const body = makeJson();
  const prepare = async () => {
    const headers: Record<string, string> = {};
    const authorization = await connection.authorization();
    if (authorization !== undefined) headers["Authorization"] = authorization;
    if (mediaType !== null) headers["Content-Type"] = mediaType;
    return { method, url: urlOf(connection.baseUrl, path, pathParameters, query), pathParameters, headers, body };
  };
  const success = await send(connection, id, prepare, options);
  const { status, headers, attempts } = success;
  return {
    value: readJson(id, success, connection.environment.now()),
    status,
    headers,
    bodyText: success.body,
    attempts,
    requestId: requestIdOf(headers),
  };
}

/**
 * Reads the JSON body of a 2xx response.
 *
 * @throws {MemoryApiError} if it is not a JSON object with the properties that the contract requires
 */
export function readJson(operationId: JsonOperationId, response: SuccessfulResponse, now: number): unknown {
  const body = parseJson(response.body);
  const required: readonly string[] = operations[operationId].requiredProperties;
  // An accepted write is a success, even if the response lacks the message for people.
  const isPresent = (name: string) => name === "message" || name in Object(body);
  if (typeof body === "object" && body !== null && required.every(isPresent)) return body;
  throw new MemoryApiError({ ...response, operationId, body: response.body || undefined, now });
}
