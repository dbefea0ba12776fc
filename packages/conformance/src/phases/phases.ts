import type { Phase } from "../scenarios/scenario.ts";
import { concurrency } from "./concurrency/concurrency.ts";
import { fairness } from "./fairness/fairness.ts";
import { model } from "./model/model.ts";
import { paging } from "./paging/paging.ts";

import { authentication } from "./authentication/authentication.ts";
import { parameters } from "./parameters/parameters.ts";
import { protocol } from "./protocol/protocol.ts";
import { requests } from "./requests/requests.ts";
import { smoke } from "./smoke/smoke.ts";

/** All phases in the order in which they run. */
export const PHASES: readonly Phase[] = [
  smoke,
  protocol,
  authentication,
  parameters,
  requests,
  model,
  concurrency,
  paging,
  fairness,
];
