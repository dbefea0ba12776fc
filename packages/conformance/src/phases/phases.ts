import type { Phase } from "../scenarios/scenario.ts";
import { authentication } from "./authentication/authentication.ts";
import { clock } from "./clock/clock.ts";
import { concurrency } from "./concurrency/concurrency.ts";
import { fairness } from "./fairness/fairness.ts";
import { imports } from "./imports/imports.ts";
import { model } from "./model/model.ts";
import { paging } from "./paging/paging.ts";
import { parameters } from "./parameters/parameters.ts";
import { protocol } from "./protocol/protocol.ts";
import { rateLimits } from "./rate-limits/rate-limits.ts";
import { requests } from "./requests/requests.ts";
import { smoke } from "./smoke/smoke.ts";
import { workflows } from "./workflows/workflows.ts";

/** All phases in the order in which they run. */
export const PHASES: readonly Phase[] = [
  smoke,
  protocol,
  model,
  imports,
  rateLimits,
  clock,
  authentication,
  concurrency,
  requests,
  workflows,
  parameters,
  paging,
  fairness,
];
