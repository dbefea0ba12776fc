import { check } from "../../checks/check.ts";

export const RATE_LIMITS_CHECKS = [
  check(
    "retry-after-too-short",
    "A request that was sent after `Retry-After` is refused with 429 again",
    `Clients wait for exactly the announced time. If it is too short, each of them sends requests in vain, which use up the limit of the others.

Round the time until the next request is allowed up to whole seconds. Only refused requests were sent meanwhile by this test; if another client
uses the same credentials, test with credentials of your own.`,
  ),
];
