import { CONSUMER_CHECKS } from "../consumer/consumer-checks.ts";
import { PHASE_CHECKS } from "../phases/phase-checks.ts";
import type { Check } from "./check.ts";
import { RESPONSE_CHECKS } from "./response-checks.ts";

/** Every check by its code. */
export const CHECKS: ReadonlyMap<string, Check> = new Map(
  [...RESPONSE_CHECKS, ...PHASE_CHECKS, ...CONSUMER_CHECKS].map((each) => [each.code, each]),
);
