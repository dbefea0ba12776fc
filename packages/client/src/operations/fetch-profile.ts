import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * Reads a profile with its traits. A profile that was merged is a {@link ProfileMovedError}.
 *
 * @example
 * const { traits } = await fetchProfile(connection, { path: { storeId, profileId }, query: { traitGroups: "Contact" } });
 */
export function fetchProfile(
  connection: Connection,
  given: OperationArguments<"fetchProfile">,
  options?: CallOptions,
): ApiPromise<"fetchProfile"> {
  return callOperation(connection, "fetchProfile", given, options);
}
