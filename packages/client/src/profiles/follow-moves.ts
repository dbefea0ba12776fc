import type { ProfileId } from "@memory-api/types";
import { isProfileMovedError } from "../errors/profile-moved-error.ts";

/** A redirect leads straight to the end of a chain of merges, so more than one only comes of merges that happen meanwhile. */
const MAX_MOVES = 5;

/**
 * Calls for a profile, and again for the one that it was merged into. By ID, so that credentials only ever go to our own base URL.
 *
 * @throws {ProfileMovedError} after five moves, and where they lead in a circle
 */
export async function followMoves<Answer>(
  profileId: ProfileId,
  call: (profileId: ProfileId) => Promise<Answer>,
): Promise<Answer> {
  const asked = new Set<ProfileId>();
  for (let id = profileId; ; ) {
    asked.add(id);
    try {
      return await call(id);
    } catch (error) {
      if (!isProfileMovedError(error) || asked.size > MAX_MOVES || asked.has(error.canonicalProfileId)) throw error;
      id = error.canonicalProfileId;
    }
  }
}
