import type { ProfileId, StoreId } from "@memory-api/types";
import { type Answered, ApiPromise } from "../connection/api-promise.ts";
import { callWithJson } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { toJson } from "../connection/to-json.ts";
import { CallTime } from "./call-time.ts";
import { followMoves } from "./follow-moves.ts";
import type { AnyTraits, TraitsToPatch, TraitTypes } from "./traits.ts";

/** Changes to the traits of a profile. What is not named stays as it is. */
export interface ProfilePatch<Traits = AnyTraits> {
  readonly traits: TraitsToPatch<Traits>;
}

/**
 * Patches a profile, or the one that it was merged into.
 *
 * @throws {MemoryApiError} if the answer is no success
 * @throws {ProfileMovedError} if the moves lead in a circle, or there are more than five
 * @throws {TimeLimitError} if all of it is not done in time
 *
 * @example
 * await patchCanonicalProfile(connection, storeId, profileId, { traits: { Contact: { city: "Oakland", phone: null } } });
 */
export function patchCanonicalProfile<Traits extends TraitTypes<Traits> = AnyTraits>(
  connection: Connection,
  storeId: StoreId,
  profileId: ProfileId,
  patch: ProfilePatch<Traits>,
  options?: CallOptions,
): ApiPromise<"patchProfileTraits">;
export function patchCanonicalProfile(
  connection: Connection,
  storeId: StoreId,
  profileId: ProfileId,
  patch: ProfilePatch,
  options: CallOptions = {},
): ApiPromise<"patchProfileTraits"> {
  return new ApiPromise("patchProfileTraits", patched(connection, storeId, profileId, patch, options));
}

async function patched(
  connection: Connection,
  storeId: StoreId,
  profileId: ProfileId,
  patch: ProfilePatch,
  options: CallOptions,
): Promise<Answered<"patchProfileTraits">> {
  const json = toJson(patch);
  return followMoves(profileId, new CallTime(connection, "patchProfileTraits", options), (id, rest) =>
    callWithJson(connection, "patchProfileTraits", { path: { storeId, profileId: id } }, json, rest).withResponse(),
  );
}
