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

/** What to do with a profile that was merged into another. */
export interface FollowOptions extends CallOptions {
  /**
   * Whether to make the same call for the profile that it was merged into.
   *
   * @default false: the call rejects with a ProfileMovedError, and nothing is changed
   */
  readonly followMoved?: boolean | undefined;
}

/** The profiles of a store. */
export interface Profiles<Traits = AnyTraits> {
  /**
   * Creates a profile, or adds the traits to the profile that they belong to. The ID is final. The traits may become visible later, see
   * `waitFor`.
   *
   * @throws {InvalidTraitsError} if a schema rejects the traits; nothing is sent
   *
   * @example
   * const { id } = await profiles.create({ traits: { Contact: { email: "ada.reyes@example.com" } } });
   */
  create(profile: ProfileToWrite<Traits>, options?: CallOptions): ApiPromise<"createProfile">;

  /**
   * Fetches a profile, or the profile that it was merged into. In the latter case, `movedFrom` is the requested ID.
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
   * Adds, overwrites and, with `null`, removes traits of a profile. Schemas do not check patches, because a patch contains only a part of a
   * group.
   *
   * @throws {ProfileMovedError} if the profile was merged into another, unless `followMoved` is set
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
   * Deletes a profile permanently. With `followMoved`, it deletes the profile that has the traits of all merged profiles. A 404 with
   * `attempts` greater than 1 can mean that an earlier attempt deleted the profile and its response was lost.
   *
   * @throws {ProfileMovedError} if the profile was merged into another, unless `followMoved` is set
   *
   * @example
   * await profiles.delete(profileId);
   */
  delete<Given extends string>(
    profileId: IdArgument<ProfileId, Given>,
    options?: FollowOptions,
  ): ApiPromise<"deleteProfile">;

  /**
   * Lists the IDs of all profiles, newest first by default. Nothing is sent until you read the list.
   *
   * @throws {RepeatedPageTokenError} while the list is read, if the service returns the token of a page that was already read
   *
   * @example
   * for await (const profileId of profiles.list()) console.log(profileId);
   */
  list(options?: ListOptions): ProfileList;

  /**
   * Waits until an accepted write is visible.
   *
   * @throws {TimeLimitError} if the deadline passes first, by default after 30 seconds
   *
   * @example
   * await profiles.waitFor(profileId, { until: ({ traits }) => traits.Contact?.city === "Oakland" });
   */
  waitFor<Given extends string>(
    profileId: IdArgument<ProfileId, Given>,
    options?: WaitOptions<Traits>,
  ): Promise<FetchedProfile<Traits>>;

  /**
   * Creates or updates any number of profiles, in chunks of up to 1000. The service accepts or rejects a chunk as a whole. Memory use does
   * not grow with the number of items. The job starts immediately.
   *
   * @throws {BulkUpsertError} in the job, if a chunk is not accepted or an item cannot be sent; it contains the index to resume at
   * @throws an `AbortError` in the job, if its reader stopped early
   *
   * @example
   * const { items } = await profiles.bulkUpsert(customers(), { onProgress: ({ accepted }) => console.log(accepted) });
   */
  bulkUpsert(items: BulkSource<Traits>, options?: BulkOptions): BulkUpsertJob;
}

/** Returns the calls for the profiles of a store. */
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
