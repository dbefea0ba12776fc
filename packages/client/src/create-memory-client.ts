import { callOperation } from "./connection/call-operation.ts";
import type { ClientOptions } from "./connection/client-options.ts";
import { createConnection } from "./connection/connection.ts";
import type { JsonOperationId, Operations } from "./operations/operation-arguments.ts";
import { uploadImportFile } from "./operations/upload-import-file.ts";

/** A client of the Memory API. */
export interface MemoryClient {
  /** The operations of the contract, each under its ID. */
  readonly operations: Operations;
}

/** TODO */
export function createMemoryClient(options: ClientOptions = {}): MemoryClient {
  const connection = createConnection(options);
  function call<Id extends JsonOperationId>(id: Id): Operations[Id];
  function call(id: JsonOperationId) {
    return (given: never, callOptions?: ClientOptions) => callOperation(connection, id, given, callOptions);
  }
  return {
    operations: {
      createProfile: call("createProfile"),
      createProfilesImportV2: call("createProfilesImportV2"),
      deleteProfile: call("deleteProfile"),
      fetchProfile: call("fetchProfile"),
      fetchProfileImportV2: call("fetchProfileImportV2"),
      listProfileImportsV2: call("listProfileImportsV2"),
      listProfiles: call("listProfiles"),
      patchProfileTraits: call("patchProfileTraits"),
      updateProfilesBulk: call("updateProfilesBulk"),
      uploadImportFile: (given, callOptions) => uploadImportFile(connection, given, callOptions),
    },
  };
}
