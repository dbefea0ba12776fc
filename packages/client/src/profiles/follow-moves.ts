import type { ProfileId } from "@memory-api/types";
import type { CallOptions } from "../connection/client-options.ts";
import { isProfileMovedError } from "../errors/profile-moved-error.ts";
import type { CallTime } from "./call-time.ts";

/** A redirect leads straight to the end of a chain of merges, so more than one only comes of merges that happen meanwhile. */
const MAX_MOVES = 5;

/**
 * Calls for a profile, and again for the one that it was merged into. By ID, so that credentials only ever go to our own base URL.
 *
 * @throws {ProfileMovedError} after five moves, and where they lead in a circle
 * @throws {TimeLimitError} if all of them together take too long
 */
export async function followMoves<Answer extends { readonly attempts: number }>(
  profileId: ProfileId,
  time: CallTime,
  call: (profileId: ProfileId, options: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  const asked = new Set<ProfileId>();
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
