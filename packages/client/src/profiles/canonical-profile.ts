import type { Profile, ProfileId } from "@memory-api/types";
import { ApiPromise, type ApiResponse } from "../connection/api-promise.ts";
import { callWithJson } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { isProfileId } from "../connection/ids.ts";
import { serializeJson } from "../connection/json.ts";
import { isProfileMovedError } from "../errors/profile-moved-error.ts";
import { deleteProfile, fetchProfile } from "../generated/operations.ts";
import { CallTime } from "./call-time.ts";
import { checkedTraits, type WithSchemas } from "./trait-schemas.ts";
import type { AnyTraits, TraitGroupOf, TraitsRead, TraitsToPatch, TraitTypes } from "./traits.ts";

/** Which traits are read. `deadline` is for all profiles that are asked for on the way, and for the schemas. */
export interface FetchOptions<Traits = AnyTraits> extends CallOptions {
  /**
   * The trait groups to read. One that the store does not have is left out of the answer.
   *
   * @default all
   */
  readonly traitGroups?: readonly TraitGroupOf<Traits>[] | undefined;
}

/** A profile with the traits that are known. */
export interface FetchedProfile<Traits = AnyTraits> extends Omit<Profile, "traits"> {
  traits: TraitsRead<Traits>;
  /** The ID that was asked for, where it was merged into this profile. Keep `id` in its place. */
  movedFrom?: ProfileId;
}

/**
 * Fetches a profile, or the one that it was merged into.
 *
 * @throws {MemoryApiError} if the answer is no success: 404 where there is no such profile, or not yet
 * @throws {ProfileMovedError} if the moves lead in a circle, or there are more than five
 * @throws {TimeLimitError} if it is not read, and checked, in time
 * @throws {InvalidTraitsError} if a schema rejects the traits that were read; the outcome of `safe()` is then `"invalid"`
 *
 * @example
 * const { id, movedFrom, traits } = await fetchCanonicalProfile(connection, storeId, profileId);
 */
export function fetchCanonicalProfile<Traits extends TraitTypes<Traits> = AnyTraits>(
  connection: Connection,
  storeId: string,
  profileId: string,
  options?: FetchOptions<Traits> & WithSchemas<Traits>,
): ApiPromise<"fetchProfile", FetchedProfile<Traits>>;
export function fetchCanonicalProfile(
  connection: Connection,
  storeId: string,
  profileId: string,
  options: FetchOptions & WithSchemas = {},
): ApiPromise<"fetchProfile", FetchedProfile> {
  return new ApiPromise("fetchProfile", fetched(connection, storeId, profileId, options));
}

async function fetched(
  connection: Connection,
  storeId: string,
  profileId: string,
  options: FetchOptions & WithSchemas,
): Promise<ApiResponse<"fetchProfile", FetchedProfile>> {
  const query = options.traitGroups ? { traitGroups: options.traitGroups.join(",") } : {};
  const time = new CallTime(connection, "fetchProfile", options);
  const answer = await followMoves(profileId, time, (id, rest) =>
    fetchProfile(connection, { path: { storeId, profileId: id }, query }, rest).withResponse(),
  );
  const { value } = answer;
  const traits = await checkedTraits(value.traits, options.schemas, time, answer.requestId);
  return {
    ...answer,
    value: { ...value, traits, ...(value.id !== profileId && isProfileId(profileId) && { movedFrom: profileId }) },
  };
}

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
  storeId: string,
  profileId: string,
  patch: ProfilePatch<Traits>,
  options?: CallOptions,
): ApiPromise<"patchProfileTraits">;
export function patchCanonicalProfile(
  connection: Connection,
  storeId: string,
  profileId: string,
  patch: ProfilePatch,
  options: CallOptions = {},
): ApiPromise<"patchProfileTraits"> {
  return new ApiPromise("patchProfileTraits", patched(connection, storeId, profileId, patch, options));
}

async function patched(
  connection: Connection,
  storeId: string,
  profileId: string,
  patch: ProfilePatch,
  options: CallOptions,
): Promise<ApiResponse<"patchProfileTraits">> {
  const json = serializeJson(patch);
  return followMoves(profileId, new CallTime(connection, "patchProfileTraits", options), (id, rest) =>
    callWithJson(connection, "patchProfileTraits", { path: { storeId, profileId: id } }, json, rest).withResponse(),
  );
}

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
  storeId: string,
  profileId: string,
  options: CallOptions = {},
): ApiPromise<"deleteProfile"> {
  return new ApiPromise("deleteProfile", deleted(connection, storeId, profileId, options));
}

async function deleted(
  connection: Connection,
  storeId: string,
  profileId: string,
  options: CallOptions,
): Promise<ApiResponse<"deleteProfile">> {
  return followMoves(profileId, new CallTime(connection, "deleteProfile", options), (id, rest) =>
    deleteProfile(connection, { path: { storeId, profileId: id } }, rest).withResponse(),
  );
}

/** A redirect leads straight to the end of a chain of merges, so more than one only comes of merges that happen meanwhile. */
const MAX_MOVES = 5;

/**
 * Calls for a profile, and again for the one that it was merged into. By ID, so that credentials only ever go to our own base URL.
 *
 * @throws {ProfileMovedError} after five moves, and where they lead in a circle
 * @throws {TimeLimitError} if all of them together take too long
 */
export async function followMoves<Answer extends { readonly attempts: number }>(
  profileId: string,
  time: CallTime,
  call: (profileId: string, options: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const asked = new Set<string>();
  for (let id = profileId; ; ) {
    asked.add(id);
    try {
      return await time.send((options) => call(id, options));
    } catch (error) {
      if (!isProfileMovedError(error) || asked.size > MAX_MOVES || asked.has(error.canonicalProfileId)) throw error;
      id = error.canonicalProfileId;
    }
  }
}
