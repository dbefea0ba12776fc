import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * Creates or updates up to 1000 profiles, all or none.
 *
 * @example
 * await updateProfilesBulk(connection, {
 *   path: { storeId },
 *   body: { profiles: [{ traits: { Contact: { email: "ada.reyes@example.com" } } }] },
 * });
 */
export function updateProfilesBulk(
  connection: Connection,
  given: OperationArguments<"updateProfilesBulk">,
  options?: CallOptions,
): ApiPromise<"updateProfilesBulk"> {
  return callOperation(connection, "updateProfilesBulk", given, options);
}
