import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/**
 * A number that an option says, such as one that was read from the environment and may be none.
 *
 * @throws {InvalidParameterError} if it is no number, or below the least
 */
export function checkedNumber(name: string, value: number, least: number): number {
  if (typeof value === "number" && value >= least) return value;
  throw new InvalidParameterError(name, `must be a number, ${least} or more`);
}
