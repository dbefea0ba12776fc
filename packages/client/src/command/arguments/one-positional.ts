import { noPositionals } from "./no-positionals.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The one argument that a command takes beside its options.
 *
 * @param usage what should have been typed
 * @throws {UsageError} if there is none, or more
 */
export function onePositional([positional, ...others]: readonly string[], usage: string): string {
  noPositionals(others);
  if (positional === undefined) throw new UsageError(`An argument is missing: ${usage}`);
  return positional;
}
