import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * One page of the IDs of a store's profiles.
 *
 * @example
 * const { profiles, meta } = await listProfiles(connection, { path: { storeId }, query: { pageSize: 20 } });
 */
export function listProfiles(
  connection: Connection,
  given: OperationArguments<"listProfiles">,
  options?: CallOptions,
): ApiPromise<"listProfiles"> {
  return callOperation(connection, "listProfiles", given, options);
}
