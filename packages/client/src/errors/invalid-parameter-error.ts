import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * A parameter or an option is invalid. Nothing was sent, except earlier chunks of a bulk upsert.
 *
 * @example
 * try {
 *   await memory.store(storeId).profiles.fetch("mem_profile_../Bulk");
 * } catch (error) {
 *   if (isInvalidParameterError(error)) console.log(error.parameter); // profileId
 *   else throw error;
 * }
 */
export class InvalidParameterError extends MemoryError {
  /** Name of the parameter or option, such as `profileId`. */
  readonly parameter: string;

  constructor(parameter: string, reason: string) {
    super(`${parameter}: ${reason}`);
    this.parameter = parameter;
    brand(this, "InvalidParameterError");
  }
}

/**
 * Whether an error is an {@link InvalidParameterError}, created by this copy of the package or another.
 *
 * @example
 * if (isInvalidParameterError(error)) console.log(`${error.parameter} is invalid.`);
 */
export function isInvalidParameterError(error: unknown): error is InvalidParameterError {
  return isBranded(error, "InvalidParameterError");
}
