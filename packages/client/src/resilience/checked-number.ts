import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/**
 * Returns the value of an option. A value that was read from the environment may be missing or `NaN`.
 *
 * @throws {InvalidParameterError} if the value is not a number, or less than `least`
 */
export function checkedNumber(name: string, value: number | undefined, least: number): number {
  if (typeof value === "number" && value >= least) return value;
  throw new InvalidParameterError(name, `must be a number, ${least} or more`);
}

/**
 * Returns the value of an option that counts something.
 *
 * @param advice follows the rule in the message, if the rule alone does not say what to do
 * @throws {InvalidParameterError} if the value is not a whole number, or less than `least`
 */
export function checkedWholeNumber(name: string, value: number | undefined, least: number, advice = ""): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
  throw new InvalidParameterError(name, `must be a whole number, ${least} or more${advice}`);
}
