import type { JsonOperationId } from "@memory-api/client";
import type { PathOf, QueryOf, RequestOf, ResponseOf, StatusOf } from "@memory-api/types";

/** An operation as openapi-typescript writes it. */
interface Operation<Id extends JsonOperationId> {
  parameters: { path: PathOf<Id>; query?: QueryOf<Id> };
  responses: { [Status in StatusOf<Id>]: { content: { "application/json": ResponseOf<Id, Status> } } };
}

interface OperationWithBody<Id extends JsonOperationId> extends Operation<Id> {
  requestBody: { content: { "application/json": RequestOf<Id> } };
}

/** The part of the contract that these calls use. */
export interface Paths {
  "/v1/Stores/{storeId}/Profiles": { get: Operation<"listProfiles"> };
  "/v1/Stores/{storeId}/Profiles/{profileId}": { get: Operation<"fetchProfile">; delete: Operation<"deleteProfile"> };
  "/v1/Stores/{storeId}/Profiles/Imports": { post: OperationWithBody<"createProfilesImportV2"> };
}
