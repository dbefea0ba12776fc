import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * How far an import has come.
 *
 * @example
 * const { status, summary } = await fetchProfileImportV2(connection, { path: { storeId, importId } });
 */
export function fetchProfileImportV2(
  connection: Connection,
  given: OperationArguments<"fetchProfileImportV2">,
  options?: CallOptions,
): ApiPromise<"fetchProfileImportV2"> {
  return callOperation(connection, "fetchProfileImportV2", given, options);
}
