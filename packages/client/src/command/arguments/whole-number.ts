import { UsageError } from "./usage-error.ts";

/**
 * The number that an option was given.
 *
 * @throws {UsageError} if it is not whole, or less than the minimum
 */
export function wholeNumber(option: string, given: string | undefined, minimum: number): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (/^\d+$/.test(given) && Number.isSafeInteger(number) && number >= minimum) return number;
  throw new UsageError(`${option} must be a whole number, ${minimum} or more.`);
}
