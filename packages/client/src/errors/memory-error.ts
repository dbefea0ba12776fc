import { brand, isBranded } from "./brand.ts";

/**
 * What all errors of this package have in common.
 *
 * @example
 * const error: MemoryError = new InvalidParameterError("storeId", "is not there");
 * console.log(JSON.stringify(error));
 */
export abstract class MemoryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    brand(this, "MemoryError");
  }

  /** What may be logged: name, message and all that is shown when it is printed. */
  toJSON(): object {
    const { name, message, cause } = this;
    return Object.assign({ name, message }, this, cause !== undefined && { cause });
  }
}

/**
 * Whether an error is one of this package, of this copy or another.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch(profileId);
 * } catch (error) {
 *   if (isMemoryError(error)) console.log(JSON.stringify(error));
 *   else throw error;
 * }
 */
export function isMemoryError(error: unknown): error is MemoryError {
  return isBranded(error, "MemoryError");
}
