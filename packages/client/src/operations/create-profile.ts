import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * Creates a profile, or updates the one that has the same identifiers.
 *
 * @example
 * const { id } = await createProfile(connection, {
 *   path: { storeId },
 *   body: { traits: { Contact: { email: "ada.reyes@example.com" } } },
 * });
 */
export function createProfile(
  connection: Connection,
  given: OperationArguments<"createProfile">,
  options?: CallOptions,
): ApiPromise<"createProfile"> {
  return callOperation(connection, "createProfile", given, options);
}
