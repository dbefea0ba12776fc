import type { Check } from "../checks/check.ts";
import { AUTHENTICATION_CHECKS } from "./authentication/authentication-checks.ts";
import { CLOCK_CHECKS } from "./clock/clock-checks.ts";
import { CONCURRENCY_CHECKS } from "./concurrency/concurrency-checks.ts";
import { IMPORTS_CHECKS } from "./imports/imports-checks.ts";
import { MODEL_CHECKS } from "./model/model-checks.ts";
import { PAGING_CHECKS } from "./paging/paging-checks.ts";
import { PARAMETERS_CHECKS } from "./parameters/parameters-checks.ts";
import { PROTOCOL_CHECKS } from "./protocol/protocol-checks.ts";
import { RATE_LIMITS_CHECKS } from "./rate-limits/rate-limits-checks.ts";
import { REQUESTS_CHECKS } from "./requests/requests-checks.ts";
import { SMOKE_CHECKS } from "./smoke/smoke-checks.ts";
import { WORKFLOWS_CHECKS } from "./workflows/workflows-checks.ts";

/** The checks of all phases, in the order of the phases. */
export const PHASE_CHECKS: readonly Check[] = [
  ...SMOKE_CHECKS,
  ...PROTOCOL_CHECKS,
  ...REQUESTS_CHECKS,
  ...MODEL_CHECKS,
  ...IMPORTS_CHECKS,
  ...RATE_LIMITS_CHECKS,
  ...CLOCK_CHECKS,
  ...AUTHENTICATION_CHECKS,
  ...CONCURRENCY_CHECKS,
  ...WORKFLOWS_CHECKS,
  ...PARAMETERS_CHECKS,
  ...PAGING_CHECKS,
];
