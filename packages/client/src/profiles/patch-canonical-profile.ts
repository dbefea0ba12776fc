import type { ProfileId, StoreId } from "@memory-api/types";
import { ApiPromise } from "../connection/api-promise.ts";
import { callWithJson } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
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
  options?: CallOptions,
): ApiPromise<"patchProfileTraits"> {
  const json = JSON.stringify(patch);
  const patched = followMoves(profileId, (id) =>
    callWithJson(connection, "patchProfileTraits", { path: { storeId, profileId: id } }, json, options).withResponse(),
  );
  return new ApiPromise("patchProfileTraits", patched);
}
