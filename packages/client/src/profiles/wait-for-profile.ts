import type { ProfileId, StoreId } from "@memory-api/types";
import type { Connection } from "../connection/connection.ts";
import type { IdArgument } from "../connection/ids.ts";
import { type InvalidTraitsError, isInvalidTraitsError } from "../errors/invalid-traits-error.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { isTimeLimitError, TimeLimitError } from "../errors/time-limit-error.ts";
import { checkedNumber } from "../resilience/checked-number.ts";
import { type FetchedProfile, type FetchOptions, fetchCanonicalProfile } from "./canonical-profile.ts";
import type { WithSchemas } from "./trait-schemas.ts";
import type { AnyTraits, TraitTypes } from "./traits.ts";

/** What to wait for, and for how long. */
export interface WaitOptions<Traits = AnyTraits> extends FetchOptions<Traits> {
  /**
   * Predicate that must hold before the call resolves.
   *
   * @default resolves as soon as the profile exists
   */
  readonly until?: ((profile: FetchedProfile<Traits>) => boolean) | undefined;
  /**
   * The maximum time to wait, in milliseconds.
   *
   * @default 30_000
   */
  readonly deadline?: number | undefined;
}

/** The maximum of the first pause. It doubles with each pause. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;
/** `code` of the 404 of a store that does not exist. Waiting does not help. */
const STORE_NOT_FOUND = 520041;

/**
 * Waits until an accepted write is visible: fetches a profile with increasing delays until it exists and `until` returns `true`. If the
 * profile was merged into another, it fetches that one.
 *
 * @returns the profile that was passed to `until`
 * @throws {TimeLimitError} if the deadline passes first
 * @throws {InvalidTraitsError} if the deadline passes while a schema rejects the traits
 * @throws {MemoryApiError} if a response is not successful, except for a 404 because the profile does not exist
 *
 * @example
 * const { id } = await createProfile(connection, { path: { storeId }, body: { traits: { Contact: { email, city } } } });
 * await waitForProfile(connection, storeId, id, { until: ({ traits }) => traits["Contact"]?.["city"] === city });
 */
export function waitForProfile<
  Traits extends TraitTypes<Traits> = AnyTraits,
  Store extends string = string,
  Given extends string = string,
>(
  connection: Connection,
  storeId: IdArgument<StoreId, Store>,
  profileId: IdArgument<ProfileId, Given>,
  options?: WaitOptions<Traits> & WithSchemas<Traits>,
): Promise<FetchedProfile<Traits>>;
export async function waitForProfile(
  connection: Connection,
  storeId: string,
  profileId: string,
  { until = () => true, deadline = 30_000, ...options }: WaitOptions & WithSchemas = {},
): Promise<FetchedProfile> {
  const { environment } = connection;
  const end = environment.elapsed() + checkedNumber("deadline", deadline, 0);
  for (let attempts = 1; ; attempts++) {
    const remaining = Math.max(0, end - environment.elapsed());
    const found = await fetchIfVisible(connection, storeId, profileId, { ...options, deadline: remaining });
    if (found && !isInvalidTraitsError(found) && until(found)) return found;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1)) * (1 - environment.random() / 2);
    const isInTime = environment.elapsed() + pause < end;
    if (isInTime) await environment.sleep(pause, options.signal);
    // A timer may fire late.
    if (!isInTime || environment.elapsed() >= end) {
      throw isInvalidTraitsError(found) ? found : new TimeLimitError("fetchProfile", "deadline", deadline, attempts);
    }
  }
}

/**
 * Returns the profile, or `undefined` if it does not exist yet. Returns the error of a schema, because it can reject a profile whose traits
 * are not all visible yet.
 */
async function fetchIfVisible(
  connection: Connection,
  storeId: string,
  profileId: string,
  options: FetchOptions & WithSchemas,
): Promise<FetchedProfile | InvalidTraitsError | undefined> {
  try {
    return await fetchCanonicalProfile(connection, storeId, profileId, options);
  } catch (error) {
    if (isInvalidTraitsError(error)) return error;
    const isAbsent = isMemoryApiError(error, "fetchProfile") && error.status === 404 && error.code !== STORE_NOT_FOUND;
    // The caller reports the deadline, since this one is only the rest of it.
    if (isAbsent || (isTimeLimitError(error) && error.limit === "deadline")) return undefined;
    throw error;
  }
}
