import type { OperationId, ProfileId } from "@memory-api/types";
import { type FailedResponse, MemoryApiError } from "./memory-api-error.ts";
import { brand, isBranded } from "./memory-error.ts";

/**
 * The profile was merged into another one. This attempt changed neither. If `attempts` is greater than 1, an earlier attempt whose response
 * was lost may have taken effect.
 *
 * @example
 * try {
 *   await profiles.delete(profileId);
 * } catch (error) {
 *   if (isProfileMovedError(error)) console.log(`Merged into ${error.canonicalProfileId}.`);
 *   else throw error;
 * }
 */
export class ProfileMovedError<
  Id extends OperationId = OperationId,
  Status extends number = number,
> extends MemoryApiError<Id, Status> {
  /** The profile that it was merged into. Store this ID in place of the old one. */
  readonly canonicalProfileId: ProfileId;

  constructor(answer: FailedResponse & { operationId: Id; status: Status }, canonicalProfileId: ProfileId) {
    super(answer);
    this.canonicalProfileId = canonicalProfileId;
    brand(this, "ProfileMovedError");
  }
}

/**
 * Whether an error is a {@link ProfileMovedError}, created by this copy of the package or another.
 *
 * @example
 * if (isProfileMovedError(error)) await profiles.delete(error.canonicalProfileId);
 */
export function isProfileMovedError(error: unknown): error is ProfileMovedError {
  return isBranded(error, "ProfileMovedError");
}
