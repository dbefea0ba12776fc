import { operations } from "@memory-api/types";
import { MemoryApiError } from "../errors/memory-api-error.ts";
import type { JsonOperationId, OperationArguments } from "../operations/operation-arguments.ts";
import { type Answered, ApiPromise } from "./api-promise.ts";
import { checkedPath } from "./checked-parameters.ts";
import type { CallOptions } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import { requestIdOf } from "./request-id.ts";
import { type Success, send } from "./send.ts";

/** The arguments of any operation, once its types have done their work. */
interface Given {
  readonly path: Record<string, string>;
  readonly query?: Record<string, unknown> | undefined;
  readonly body?: unknown;
}

/** Calls an operation of the contract by its ID. Its own function, such as {@link createProfile}, is the same with fewer words. */
export function callOperation<Id extends JsonOperationId>(
  connection: Connection,
  id: Id,
  given: OperationArguments<Id>,
  options: CallOptions = {},
): ApiPromise<Id> {
  return new ApiPromise(id, answered(connection, id, given, options));
}

function answered<Id extends JsonOperationId>(
  connection: Connection,
  id: Id,
  given: OperationArguments<Id>,
  options: CallOptions,
): Promise<Answered<Id>>;
async function answered(
  connection: Connection,
  id: JsonOperationId,
  { path: pathParameters, query, body }: Given,
  options: CallOptions,
): Promise<unknown> {
  const { method, path, mediaType } = operations[id];
  const target = { baseUrl: connection.baseUrl, method, path, pathParameters: checkedPath(id, pathParameters), query };
  const bytes = JSON.stringify(body);
  const prepare = async () => {
    const Authorization = await connection.authorization();
    return {
      ...target,
      headers: { Authorization, ...(mediaType !== null && { "Content-Type": mediaType }) },
      body: bytes,
    };
  };
  const success = await send(connection, id, prepare, options);
  const { status, headers, attempts } = success;
  return {
    value: readJson(id, success, connection.surroundings.now()),
    status,
    headers,
    attempts,
    requestId: requestIdOf(headers),
  };
}

/** @throws {MemoryApiError} if the body is no JSON */
function readJson(operationId: JsonOperationId, success: Success, now: number): unknown {
  const { body } = success;
  try {
    if (typeof body === "string") return JSON.parse(body);
  } catch {
    // Thrown below, as for an empty body.
  }
  throw new MemoryApiError({ ...success, operationId, body: body || undefined, now });
}
