import type { Profile, ProfileId, StoreId } from "@memory-api/types";
import { type Answered, ApiPromise } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { fetchProfile } from "../generated/operations.ts";
import { CallTime } from "./call-time.ts";
import { followMoves } from "./follow-moves.ts";
import { checkedTraits } from "./schemas/checked-traits.ts";
import type { WithSchemas } from "./schemas/trait-schemas.ts";
import type { AnyTraits, TraitGroupOf, TraitsRead, TraitTypes } from "./traits.ts";

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
  storeId: StoreId,
  profileId: ProfileId,
  options?: FetchOptions<Traits> & WithSchemas<Traits>,
): ApiPromise<"fetchProfile", FetchedProfile<Traits>>;
export function fetchCanonicalProfile(
  connection: Connection,
  storeId: StoreId,
  profileId: ProfileId,
  options: FetchOptions & WithSchemas = {},
): ApiPromise<"fetchProfile", FetchedProfile> {
  return new ApiPromise("fetchProfile", fetched(connection, storeId, profileId, options));
}

async function fetched(
  connection: Connection,
  storeId: StoreId,
  profileId: ProfileId,
  options: FetchOptions & WithSchemas,
): Promise<Answered<"fetchProfile", FetchedProfile>> {
  const query = options.traitGroups ? { traitGroups: options.traitGroups.join(",") } : {};
  const time = new CallTime(connection, "fetchProfile", options);
  const answer = await followMoves(profileId, time, (id, rest) =>
    fetchProfile(connection, { path: { storeId, profileId: id }, query }, rest).withResponse(),
  );
  const { value } = answer;
  const traits = await checkedTraits(value.traits, options.schemas, time, answer.requestId);
  return { ...answer, value: { ...value, traits, ...(value.id !== profileId && { movedFrom: profileId }) } };
}
