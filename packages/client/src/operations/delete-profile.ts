import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * Deletes a profile. One that was merged is a {@link ProfileMovedError}, and nothing is deleted.
 *
 * @example
 * await deleteProfile(connection, { path: { storeId, profileId } });
 */
export function deleteProfile(
  connection: Connection,
  given: OperationArguments<"deleteProfile">,
  options?: CallOptions,
): ApiPromise<"deleteProfile"> {
  return callOperation(connection, "deleteProfile", given, options);
}
