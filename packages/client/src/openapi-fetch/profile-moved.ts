import type { ProfileId, ProfileRedirect } from "@memory-api/types";
import { isProfileId } from "../connection/ids.ts";

/** The redirect of a profile that was merged into another. */
export interface MovedProfile {
  readonly status: 301 | 308;
  /** The profile that it was merged into. Store this ID in place of the old one. */
  readonly canonicalProfileId: ProfileId;
  /** The body of the redirect; `undefined` if it is not the body of the contract. */
  readonly body: ProfileRedirect | undefined;
}

/**
 * Returns the canonical profile if a result is the redirect of a merged profile, else `undefined`. Neither profile was changed.
 *
 * The types of openapi-fetch have no 3xx: on a 301 or 308 `data` is `undefined`, and `error`, typed as an error body, contains the body of
 * the redirect. A browser hides that response. The client then reads the canonical profile, so the ID is right, but `message` is written by the client,
 * and the header `Location` is missing.
 *
 * @example
 * const result = await client.DELETE("/v1/Stores/{storeId}/Profiles/{profileId}", { params: { path: { storeId, profileId } } });
 * const moved = profileMoved(result);
 * if (moved) console.log(`Not deleted: it is ${moved.canonicalProfileId} now.`);
 */
export function profileMoved({
  response,
  error,
}: {
  readonly response: Response;
  readonly error?: unknown;
}): MovedProfile | undefined {
  const { status } = response;
  const canonicalProfileId = response.headers.get("canonical-profile-id");
  if ((status !== 301 && status !== 308) || !isProfileId(canonicalProfileId)) return undefined;
  return { status, canonicalProfileId, body: isRedirect(error) ? error : undefined };
}

function isRedirect(body: unknown): body is ProfileRedirect {
  const { message, uri } = Object(body);
  return typeof message === "string" && typeof uri === "string";
}
