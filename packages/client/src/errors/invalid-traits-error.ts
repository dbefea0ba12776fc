import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * The schema of a trait group rejected traits before they were sent, or after they were read. In the first case, nothing was sent. The error names
 * the traits. It contains neither their values nor the messages of the schema, since some libraries quote values in them.
 *
 * @example
 * try {
 *   await profiles.create({ traits: { Contact: { email } } });
 * } catch (error) {
 *   if (isInvalidTraitsError(error)) console.log(`${error.group}: ${error.paths.join()}`);
 *   else throw error;
 * }
 */
export class InvalidTraitsError extends MemoryError {
  /** The trait group. */
  readonly group: string;

  /** The rejected traits, each once, such as `email` or `hobbies.0`. An empty string means the group as a whole. */
  readonly paths: readonly string[];

  /** ID of the request that read the traits; `undefined` if nothing was sent. */
  readonly requestId: string | undefined;

  constructor(group: string, paths: readonly string[], requestId?: string) {
    super(`The schema of the trait group ${group} rejects ${paths.map((path) => path || "the group").join(", ")}.`);
    this.group = group;
    this.paths = paths;
    this.requestId = requestId;
    brand(this, "InvalidTraitsError");
  }
}

/**
 * Whether an error is an {@link InvalidTraitsError}, created by this copy of the package or another.
 *
 * @example
 * if (isInvalidTraitsError(error)) console.log(`Please check ${error.paths.join()}.`);
 */
export function isInvalidTraitsError(error: unknown): error is InvalidTraitsError {
  return isBranded(error, "InvalidTraitsError");
}
