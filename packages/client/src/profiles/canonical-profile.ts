import type { Profile, ProfileId } from "@memory-api/types";
import { ApiPromise, type ApiResponse } from "../connection/api-promise.ts";
import { callWithJson } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { isProfileId } from "../connection/ids.ts";
import { serializeJson } from "../connection/json.ts";
import { isProfileMovedError } from "../errors/profile-moved-error.ts";
import { deleteProfile, fetchProfile } from "../generated/operations.ts";
import { CallDeadline } from "./call-deadline.ts";
import { checkedTraits, type WithSchemas } from "./trait-schemas.ts";
import type { AnyTraits, TraitGroupOf, TraitsRead, TraitsToPatch, TraitTypes } from "./traits.ts";

/** Selects the traits to read. `deadline` covers the requests of all redirects, and the schemas. */
export interface FetchOptions<Traits = AnyTraits> extends CallOptions {
  /**
   * The trait groups to read. The response omits groups that the store does not have.
   *
   * @default all
   */
  readonly traitGroups?: readonly TraitGroupOf<Traits>[] | undefined;
}

/** A profile with typed traits. */
export interface FetchedProfile<Traits = AnyTraits> extends Omit<Profile, "traits"> {
  traits: TraitsRead<Traits>;
  /** The requested ID, if that profile was merged into this one. Store `id` in its place. */
  movedFrom?: ProfileId;
}

/** Changes to the traits of a profile. Other traits keep their values. */
export interface ProfilePatch<Traits = AnyTraits> {
  readonly traits: TraitsToPatch<Traits>;
}

/** Redirects lead directly to the canonical profile, so several in a row occur only if profiles are merged at the same time. */
const MAX_MOVES = 5;

/**
 * Fetches a profile, or the profile that it was merged into.
 *
 * @throws {MemoryApiError} if the response is not successful: 404 if the profile does not exist, or not yet
 * @throws {ProfileMovedError} if the redirects form a loop, or there are more than five
 * @throws {TimeLimitError} if the profile is not fetched and checked before the deadline
 * @throws {InvalidTraitsError} if a schema rejects the traits that were read; the outcome of `safe()` is then `"invalid"`
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
  return new ApiPromise("fetchProfile", fetchFollowingMoves(connection, storeId, profileId, options));
}

/**
 * Patches a profile, or the profile that it was merged into.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ProfileMovedError} if the redirects form a loop, or there are more than five
 * @throws {TimeLimitError} if the profile is not patched before the deadline
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
  return new ApiPromise("patchProfileTraits", patchFollowingMoves(connection, storeId, profileId, patch, options));
}

/**
 * Deletes a profile, or the profile that it was merged into, which has the traits of all merged profiles.
 *
 * @throws {MemoryApiError} if the response is not successful
 * @throws {ProfileMovedError} if the redirects form a loop, or there are more than five
 * @throws {TimeLimitError} if the profile is not deleted before the deadline
 */
export function deleteCanonicalProfile(
  connection: Connection,
  storeId: string,
  profileId: string,
  options: CallOptions = {},
): ApiPromise<"deleteProfile"> {
  return new ApiPromise("deleteProfile", deleteFollowingMoves(connection, storeId, profileId, options));
}

async function fetchFollowingMoves(
  connection: Connection,
  storeId: string,
  profileId: string,
  options: FetchOptions & WithSchemas,
): Promise<ApiResponse<"fetchProfile", FetchedProfile>> {
  const query = options.traitGroups ? { traitGroups: options.traitGroups.join(",") } : {};
  const deadline = new CallDeadline(connection, "fetchProfile", options);
  const response = await followMoves(profileId, deadline, (id, callOptions) =>
    fetchProfile(connection, { path: { storeId, profileId: id }, query }, callOptions).withResponse(),
  );
  const { value, requestId } = response;
  const traits = await checkedTraits(value.traits, options.schemas, deadline, requestId);
  return {
    ...response,
    value: { ...value, traits, ...(value.id !== profileId && isProfileId(profileId) && { movedFrom: profileId }) },
  };
}

async function patchFollowingMoves(
  connection: Connection,
  storeId: string,
  profileId: string,
  patch: ProfilePatch,
  options: CallOptions,
): Promise<ApiResponse<"patchProfileTraits">> {
  const json = serializeJson(patch);
  const deadline = new CallDeadline(connection, "patchProfileTraits", options);
  return followMoves(profileId, deadline, (id, callOptions) => {
    const path = { storeId, profileId: id };
    return callWithJson(connection, "patchProfileTraits", { path }, json, callOptions).withResponse();
  });
}

async function deleteFollowingMoves(
  connection: Connection,
  storeId: string,
  profileId: string,
  options: CallOptions,
): Promise<ApiResponse<"deleteProfile">> {
  const deadline = new CallDeadline(connection, "deleteProfile", options);
  return followMoves(profileId, deadline, (id, callOptions) =>
    deleteProfile(connection, { path: { storeId, profileId: id } }, callOptions).withResponse(),
  );
}

/**
 * Calls an operation for a profile, and again for the profile that it was merged into. It follows the ID and not the URL of a redirect, so
 * that credentials are sent only to the base URL.
 *
 * @throws {ProfileMovedError} if the redirects form a loop, or there are more than five
 * @throws {TimeLimitError} if the calls together exceed the deadline
 */
async function followMoves<Result extends { readonly attempts: number }>(
  profileId: string,
  deadline: CallDeadline,
  call: (profileId: string, options: CallOptions) => Promise<Result>,
): Promise<Result> {
  const visited = new Set<string>();
  for (let id = profileId; ; ) {
    visited.add(id);
    try {
      return await deadline.send((options) => call(id, options));
    } catch (error) {
      if (!isProfileMovedError(error) || visited.size > MAX_MOVES || visited.has(error.canonicalProfileId)) throw error;
      id = error.canonicalProfileId;
    }
  }
}
