import { checkedNumber } from "./checked-number.ts";

interface TimeLimits {
  readonly timeout?: number | undefined;
  readonly deadline?: number | undefined;
}

const TIMEOUT_MS = 30_000;
const DEADLINE_MS = 120_000;

/**
 * Returns the time limits of a call in milliseconds.
 *
 * @param defaults options of the client
 * @param options options of the call, which take precedence
 * @throws {InvalidParameterError} if a limit is not a number, or negative
 */
export function timeLimits(defaults: TimeLimits, options: TimeLimits = {}) {
  return {
    timeout: checkedNumber("timeout", options.timeout ?? defaults.timeout ?? TIMEOUT_MS, 0),
    deadline: checkedNumber("deadline", options.deadline ?? defaults.deadline ?? DEADLINE_MS, 0),
  };
}
