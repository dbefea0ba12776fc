import { operations } from "@memory-api/types";
import { MemoryApiError } from "../errors/memory-api-error.ts";
import type { JsonOperationId, OperationArguments } from "../operations/operation-arguments.ts";
import { ApiPromise, type ApiResponse } from "./api-promise.ts";
import type { CallOptions } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import { requestIdOf, type SuccessfulResponse } from "./http-messages.ts";
import { parseJson, serializeJson } from "./json.ts";
import { checkedPath, urlOf } from "./request-url.ts";
import { send } from "./send.ts";

/** Where a call goes. */
interface CallTarget {
  readonly path: Record<string, string>;
  readonly query?: Record<string, unknown> | undefined;
}

/**
 * Calls an operation of the contract by its ID. Its own function, such as {@link createProfile}, is the same with fewer words.
 *
 * @example
 * const { profiles, meta } = await callOperation(connection, "listProfiles", { path: { storeId } });
 */
export function callOperation<Id extends JsonOperationId>(
  connection: Connection,
  id: Id,
  given: OperationArguments<Id>,
  options?: CallOptions,
): ApiPromise<Id>;
export function callOperation(
  connection: Connection,
  id: JsonOperationId,
  { body, ...target }: CallTarget & { readonly body?: unknown },
  options: CallOptions = {},
): ApiPromise<JsonOperationId> {
  return new ApiPromise(
    id,
    answered(connection, id, target, () => (body === undefined ? undefined : serializeJson(body)), options),
  );
}

/**
 * The same with a body that is JSON already.
 *
 * @param json `undefined` for none
 */
export function callWithJson<Id extends JsonOperationId>(
  connection: Connection,
  id: Id,
  target: CallTarget,
  json: string | undefined,
  options: CallOptions = {},
): ApiPromise<Id> {
  return new ApiPromise(
    id,
    answered(connection, id, target, () => json, options),
  );
}

function answered<Id extends JsonOperationId>(
  connection: Connection,
  id: Id,
  target: CallTarget,
  makeJson: () => string | undefined,
  options: CallOptions,
): Promise<ApiResponse<Id>>;
async function answered(
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
    attempts,
    requestId: requestIdOf(headers),
  };
}

/** @throws {MemoryApiError} if the body is not the JSON that it should be: an object with all that the contract promises */
export function readJson(operationId: JsonOperationId, success: SuccessfulResponse, now: number): unknown {
  const body = parseJson(success.body);
  const promised: readonly string[] = operations[operationId].requiredProperties;
  // A write that was accepted stays accepted, even where the words for it are missing.
  const isThere = (name: string) => name === "message" || name in Object(body);
  if (typeof body === "object" && body !== null && promised.every(isThere)) return body;
  throw new MemoryApiError({ ...success, operationId, body: success.body || undefined, now });
}
