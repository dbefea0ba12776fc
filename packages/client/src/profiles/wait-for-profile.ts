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

/** What is waited for, and how long. */
export interface WaitOptions<Traits = AnyTraits> extends FetchOptions<Traits> {
  /**
   * Whether the profile is as it is to be.
   *
   * @default whatever it is, once it is there
   */
  readonly until?: ((profile: FetchedProfile<Traits>) => boolean) | undefined;
  /**
   * How long to wait in all, in milliseconds.
   *
   * @default 30_000
   */
  readonly deadline?: number | undefined;
}

/** The first pause is at most so long. It doubles each time. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;
/** `code` of the 404 of a store that does not exist, which no waiting mends. */
const STORE_NOT_FOUND = 520041;

/**
 * Waits until what was accepted shows: fetches a profile until it is there and as it is to be, with growing pauses. A merged
 * profile is followed.
 *
 * @returns the profile as it was found
 * @throws {TimeLimitError} if it is not so in time
 * @throws {InvalidTraitsError} if a schema refuses it to the end of the time
 * @throws {MemoryApiError} if the answer is no success, other than that the profile is not there
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
    const left = Math.max(0, end - environment.elapsed());
    const found = await fetchForNow(connection, storeId, profileId, { ...options, deadline: left });
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

/** The profile; `undefined` if it is not there for now; or why a schema refuses it, of which a part may not show yet. */
async function fetchForNow(
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
    // The end of the time is told by whoever waits, with the whole of it.
    if (isAbsent || (isTimeLimitError(error) && error.limit === "deadline")) return undefined;
    throw error;
  }
}
