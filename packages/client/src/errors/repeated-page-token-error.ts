import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * A list returned to a page that was already read, so it would never end. IDs already yielded are valid.
 *
 * @example
 * try {
 *   for await (const profileId of profiles.list()) console.log(profileId);
 * } catch (error) {
 *   if (isRepeatedPageTokenError(error)) console.log("The list is incomplete.");
 *   else throw error;
 * }
 */
export class RepeatedPageTokenError extends MemoryError {
  /** The token that the service returned a second time. */
  readonly pageToken: string;

  constructor(pageToken: string) {
    super("listProfiles: the service returned the same nextToken twice. Start the list again.");
    this.pageToken = pageToken;
    brand(this, "RepeatedPageTokenError");
  }
}

/**
 * Whether an error is a {@link RepeatedPageTokenError}, created by this copy of the package or another.
 *
 * @example
 * if (isRepeatedPageTokenError(error)) console.log(`Repeated token: ${error.pageToken}`);
 */
export function isRepeatedPageTokenError(error: unknown): error is RepeatedPageTokenError {
  return isBranded(error, "RepeatedPageTokenError");
}
