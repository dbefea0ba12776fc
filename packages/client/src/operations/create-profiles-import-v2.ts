import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "./operation-arguments.ts";

/**
 * Creates an import, which then waits for its file. It is sent again only where it cannot have arrived.
 *
 * @example
 * const { importId, url } = await createProfilesImportV2(connection, {
 *   path: { storeId },
 *   body: {
 *     filename: "contacts.csv",
 *     fileSize: 45,
 *     columnMappings: [
 *       { columnName: "email", traitGroup: "Contact", traitName: "email" },
 *       { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
 *     ],
 *   },
 * });
 */
export function createProfilesImportV2(
  connection: Connection,
  given: OperationArguments<"createProfilesImportV2">,
  options?: CallOptions,
): ApiPromise<"createProfilesImportV2"> {
  return callOperation(connection, "createProfilesImportV2", given, options);
}
