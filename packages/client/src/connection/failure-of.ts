import { type FailedAnswer, MemoryApiError } from "../errors/memory-api-error.ts";
import { ProfileMovedError } from "../errors/profile-moved-error.ts";
import { isProfileId } from "./ids.ts";

/** Returns the error for a response that is not successful. */
export function failureOf(answer: FailedAnswer): MemoryApiError {
  const canonical = answer.headers.get("canonical-profile-id");
  const isRedirect = answer.status === 301 || answer.status === 308;
  return isRedirect && isProfileId(canonical) ? new ProfileMovedError(answer, canonical) : new MemoryApiError(answer);
}
