import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * IDs of the newest 100 imports of a store.
 *
 * @example
 * const { imports } = await listProfileImportsV2(connection, { path: { storeId } });
 */
export function listProfileImportsV2(
  connection: Connection,
  given: OperationArguments<"listProfileImportsV2">,
  options?: CallOptions,
): ApiPromise<"listProfileImportsV2"> {
  return callOperation(connection, "listProfileImportsV2", given, options);
}
