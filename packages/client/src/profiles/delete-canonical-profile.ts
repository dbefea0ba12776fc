import type { ProfileId, StoreId } from "@memory-api/types";
import { type Answered, ApiPromise } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { deleteProfile } from "../generated/operations.ts";
import { CallTime } from "./call-time.ts";
import { followMoves } from "./follow-moves.ts";

/**
 * Deletes a profile, or the one that it was merged into, with the traits of all that were merged.
 *
 * @throws {MemoryApiError} if the answer is no success
 * @throws {ProfileMovedError} if the moves lead in a circle, or there are more than five
 * @throws {TimeLimitError} if all of it is not done in time
 *
 * @example
 * await deleteCanonicalProfile(connection, storeId, profileId);
 */
export function deleteCanonicalProfile(
  connection: Connection,
  storeId: StoreId,
  profileId: ProfileId,
  options: CallOptions = {},
): ApiPromise<"deleteProfile"> {
  return new ApiPromise("deleteProfile", deleted(connection, storeId, profileId, options));
}

async function deleted(
  connection: Connection,
  storeId: StoreId,
  profileId: ProfileId,
  options: CallOptions,
): Promise<Answered<"deleteProfile">> {
  return followMoves(profileId, new CallTime(connection, "deleteProfile", options), (id, rest) =>
    deleteProfile(connection, { path: { storeId, profileId: id } }, rest).withResponse(),
  );
}
