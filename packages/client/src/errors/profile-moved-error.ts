import type { OperationId, ProfileId } from "@memory-api/types";
import { type FailedResponse, MemoryApiError } from "./memory-api-error.ts";
import { brand, isBranded } from "./memory-error.ts";

/**
 * The profile was merged into another one. This attempt did nothing to either; where `attempts` is more than 1, an earlier one whose answer was
 * lost may have done what was asked, and even have merged them.
 *
 * @example
 * try {
 *   await profiles.delete(profileId);
 * } catch (error) {
 *   if (isProfileMovedError(error)) console.log(`It is ${error.canonicalProfileId} now.`);
 *   else throw error;
 * }
 */
export class ProfileMovedError<
  Id extends OperationId = OperationId,
  Status extends number = number,
> extends MemoryApiError<Id, Status> {
  /** The profile that it was merged into. */
  readonly canonicalProfileId: ProfileId;

  constructor(answer: FailedResponse & { operationId: Id; status: Status }, canonicalProfileId: ProfileId) {
    super(answer);
    this.canonicalProfileId = canonicalProfileId;
    brand(this, "ProfileMovedError");
  }
}

/**
 * Whether an error is a {@link ProfileMovedError}, of this copy of the package or another.
 *
 * @example
 * if (isProfileMovedError(error)) await profiles.delete(error.canonicalProfileId);
 */
export function isProfileMovedError(error: unknown): error is ProfileMovedError {
  return isBranded(error, "ProfileMovedError");
}
