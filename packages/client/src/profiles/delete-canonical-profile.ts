import type { ProfileId, StoreId } from "@memory-api/types";
import { ApiPromise } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { deleteProfile } from "../operations/delete-profile.ts";
import { followMoves } from "./follow-moves.ts";

/**
 * Deletes a profile, or the one that it was merged into, with the traits of all that were merged.
 *
 * @throws {MemoryApiError} if the answer is no success
 * @throws {ProfileMovedError} if the moves lead in a circle, or there are more than five
 *
 * @example
 * await deleteCanonicalProfile(connection, storeId, profileId);
 */
export function deleteCanonicalProfile(
  connection: Connection,
  storeId: StoreId,
  profileId: ProfileId,
  options?: CallOptions,
): ApiPromise<"deleteProfile"> {
  const deleted = followMoves(profileId, (id) =>
    deleteProfile(connection, { path: { storeId, profileId: id } }, options).withResponse(),
  );
  return new ApiPromise("deleteProfile", deleted);
}
