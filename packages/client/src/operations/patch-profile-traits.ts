import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * Changes single traits of a profile; `null` removes one. A profile that was merged is a {@link ProfileMovedError}.
 *
 * @example
 * await patchProfileTraits(connection, {
 *   path: { storeId, profileId },
 *   body: { traits: { Contact: { firstName: "Ada", lastName: null } } },
 * });
 */
export function patchProfileTraits(
  connection: Connection,
  given: OperationArguments<"patchProfileTraits">,
  options?: CallOptions,
): ApiPromise<"patchProfileTraits"> {
  return callOperation(connection, "patchProfileTraits", given, options);
}
