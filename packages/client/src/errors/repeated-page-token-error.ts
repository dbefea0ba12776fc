import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * The service led back to a page that was read before, so the list would never end. What was read until then is good.
 *
 * @example
 * try {
 *   for await (const profileId of profiles.list()) console.log(profileId);
 * } catch (error) {
 *   if (isRepeatedPageTokenError(error)) console.log("The list was cut short.");
 *   else throw error;
 * }
 */
export class RepeatedPageTokenError extends MemoryError {
  /** The token that came a second time. */
  readonly pageToken: string;

  constructor(pageToken: string) {
    super("listProfiles: the service gave a nextToken a second time. Begin the list anew.");
    this.pageToken = pageToken;
    brand(this, "RepeatedPageTokenError");
  }
}

/**
 * Whether an error is a {@link RepeatedPageTokenError}, of this copy of the package or another.
 *
 * @example
 * if (isRepeatedPageTokenError(error)) console.log(`It leads back to ${error.pageToken}.`);
 */
export function isRepeatedPageTokenError(error: unknown): error is RepeatedPageTokenError {
  return isBranded(error, "RepeatedPageTokenError");
}
