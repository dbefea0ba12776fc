/**
 * Generated: do not edit. Regenerate with `npx -y pnpm@12 generate`.
 *
 * From @memory-api/spec 1.0.0, openapi.json with SHA-256 a2da0e46bab9ff4a546b14295500a43db429f8a563d4ad357474783ead8a640a.
 */
import { type CallArguments, callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { JsonOperationId, Operations, UploadArguments } from "../operations/operation-arguments.ts";
import { uploadImportFile } from "../operations/upload-import-file.ts";

/** Returns the operations of the contract by ID, bound to a connection. */
export function boundOperations(connection: Connection): Operations {
  function bound<Id extends JsonOperationId>(id: Id) {
    return (given: CallArguments, options?: CallOptions) => callOperation(connection, id, given, options);
  }
  return {
    listProfiles: bound("listProfiles"),
    createProfile: bound("createProfile"),
    updateProfilesBulk: bound("updateProfilesBulk"),
    listProfileImportsV2: bound("listProfileImportsV2"),
    createProfilesImportV2: bound("createProfilesImportV2"),
    fetchProfileImportV2: bound("fetchProfileImportV2"),
    fetchProfile: bound("fetchProfile"),
    patchProfileTraits: bound("patchProfileTraits"),
    deleteProfile: bound("deleteProfile"),
    uploadImportFile: (given: UploadArguments, options?: CallOptions) => uploadImportFile(connection, given, options),
  };
}
