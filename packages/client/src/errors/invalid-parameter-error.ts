import { brand, isBranded, MemoryError } from "./memory-error.ts";

/**
 * A parameter or an option that is not what it must be. Nothing was sent.
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
  /** Name of the parameter, as the contract has it, such as `profileId`. */
  readonly parameter: string;

  constructor(parameter: string, reason: string) {
    super(`${parameter}: ${reason}`);
    this.parameter = parameter;
    brand(this, "InvalidParameterError");
  }
}

/**
 * Whether an error is an {@link InvalidParameterError}, of this copy of the package or another.
 *
 * @example
 * if (isInvalidParameterError(error)) console.log(`${error.parameter} is wrong.`);
 */
export function isInvalidParameterError(error: unknown): error is InvalidParameterError {
  return isBranded(error, "InvalidParameterError");
}
