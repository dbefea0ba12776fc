import type { ProfileId, TraitsPatch } from "@memory-api/types";
import type { ApiPromise } from "../connection/api-promise.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { IdArgument } from "../connection/ids.ts";
import { deleteProfile, patchProfileTraits } from "../generated/operations.ts";
import { type BulkOptions, type BulkSource, bulkUpsert } from "./bulk/bulk-upsert.ts";
import type { BulkUpsertJob } from "./bulk/bulk-upsert-job.ts";
import {
  deleteCanonicalProfile,
  type FetchedProfile,
  type FetchOptions,
  fetchCanonicalProfile,
  type ProfilePatch,
  patchCanonicalProfile,
} from "./canonical-profile.ts";
import { createCheckedProfile, type ProfileToWrite } from "./create-checked-profile.ts";
import { type ListOptions, listProfileIds, type ProfileList } from "./profile-list.ts";
import type { TraitSchemas } from "./trait-schemas.ts";
import type { AnyTraits, TraitTypes } from "./traits.ts";
import { type WaitOptions, waitForProfile } from "./wait-for-profile.ts";

/** What becomes of a call for a profile that was merged into another. */
export interface FollowOptions extends CallOptions {
  /**
   * Whether the same is done to the profile that it was merged into.
   *
   * @default false: the call is rejected with a ProfileMovedError, and nothing is done
   */
  readonly followMoved?: boolean | undefined;
}

/** The profiles of a store. All but `list` and `bulkUpsert` send at once. */
export interface Profiles<Traits = AnyTraits> {
  /**
   * Creates a profile, or finds the one that the traits belong to and adds them. The ID is settled then; the traits may show later,
   * see `waitFor`.
   *
   * @throws {InvalidTraitsError} if a schema refuses the traits; nothing is sent then
   *
   * @example
   * const { id } = await profiles.create({ traits: { Contact: { email: "ada.reyes@example.com" } } });
   */
  create(profile: ProfileToWrite<Traits>, options?: CallOptions): ApiPromise<"createProfile">;

  /**
   * Fetches a profile, or the one that it was merged into; `movedFrom` says so.
   *
   * @throws {InvalidTraitsError} if a schema rejects the traits that were read; the outcome of `safe()` is then `"invalid"`
   *
   * @example
   * const { traits } = await profiles.fetch(profileId, { traitGroups: ["Contact"] });
   */
  fetch<Given extends string>(
    profileId: IdArgument<ProfileId, Given>,
    options?: FetchOptions<Traits>,
  ): ApiPromise<"fetchProfile", FetchedProfile<Traits>>;

  /**
   * Adds, overwrites and, with `null`, removes traits of a profile. Schemas are not asked, since a change is a part of a group.
   *
   * @throws {ProfileMovedError} if it was merged into another, unless that is to be followed
   *
   * @example
   * await profiles.patch(profileId, { traits: { Contact: { city: "Oakland", phone: null } } });
   */
  patch<Given extends string>(
    profileId: IdArgument<ProfileId, Given>,
    patch: ProfilePatch<Traits>,
    options?: FollowOptions,
  ): ApiPromise<"patchProfileTraits">;

  /**
   * Deletes a profile for good. To follow a merge deletes the profile that holds the traits of both. A 404 whose `attempts` are more than 1
   * can mean that an earlier attempt deleted it and only its answer was lost.
   *
   * @throws {ProfileMovedError} if it was merged into another, unless that is to be followed
   *
   * @example
   * await profiles.delete(profileId);
   */
  delete<Given extends string>(
    profileId: IdArgument<ProfileId, Given>,
    options?: FollowOptions,
  ): ApiPromise<"deleteProfile">;

  /**
   * Lists the IDs of all profiles, newest first.
   *
   * @throws {RepeatedPageTokenError} while reading, if the service leads back to a page that was read
   *
   * @example
   * for await (const profileId of profiles.list()) console.log(profileId);
   */
  list(options?: ListOptions): ProfileList;

  /**
   * Waits until what was accepted shows.
   *
   * @throws {TimeLimitError} if it does not in time, 30 seconds unless said otherwise
   *
   * @example
   * await profiles.waitFor(profileId, { until: ({ traits }) => traits.Contact?.city === "Oakland" });
   */
  waitFor<Given extends string>(
    profileId: IdArgument<ProfileId, Given>,
    options?: WaitOptions<Traits>,
  ): Promise<FetchedProfile<Traits>>;

  /**
   * Creates or updates any number of profiles, in chunks of up to 1000 that are all or nothing each. Memory does not grow with their
   * number. Nothing is sent before the job is awaited or read.
   *
   * @throws {BulkUpsertError} in the job, if a chunk is not accepted or an item cannot be sent; it says where to resume
   * @throws an `AbortError` in the job that is awaited after its reader stopped early
   *
   * @example
   * const { items } = await profiles.bulkUpsert(customers(), { onProgress: ({ accepted }) => console.log(accepted) });
   */
  bulkUpsert(items: BulkSource<Traits>, options?: BulkOptions): BulkUpsertJob;
}

/**
 * The profiles of a store.
 *
 * @example
 * const profiles = createProfiles<{ Contact: { email: string; city?: string } }>(connection, storeId);
 */
export function createProfiles<Traits extends TraitTypes<Traits> = AnyTraits>(
  connection: Connection,
  storeId: string,
  schemas?: TraitSchemas<Traits>,
): Profiles<Traits>;
export function createProfiles(connection: Connection, storeId: string, schemas?: TraitSchemas): Profiles {
  return {
    create: (profile, options) => createCheckedProfile(connection, storeId, profile, { ...options, schemas }),
    fetch: (profileId: string, options) =>
      fetchCanonicalProfile(connection, storeId, profileId, { ...options, schemas }),
    patch(profileId: string, patch: { traits: TraitsPatch }, options) {
      if (options?.followMoved) return patchCanonicalProfile(connection, storeId, profileId, patch, options);
      return patchProfileTraits(connection, { path: { storeId, profileId }, body: patch }, options);
    },
    delete(profileId: string, options) {
      if (options?.followMoved) return deleteCanonicalProfile(connection, storeId, profileId, options);
      return deleteProfile(connection, { path: { storeId, profileId } }, options);
    },
    list: (options) => listProfileIds(connection, storeId, options),
    waitFor: (profileId: string, options) => waitForProfile(connection, storeId, profileId, { ...options, schemas }),
    bulkUpsert: (items, options) => bulkUpsert(connection, storeId, items, { ...options, schemas }),
  };
}
