import { check } from "../../checks/check.ts";

export const RATE_LIMITS_CHECKS = [
  check(
    "retry-after-too-short",
    "A request that waited for `Retry-After` is rejected with 429 again",
    `Clients wait for exactly this time. If it is too short, their retries fail, and count against the limit.

Calculate the time until the next request is allowed, and round it up to whole seconds. This finding is wrong if another client uses the same
credentials during the run.`,
  ),
];
