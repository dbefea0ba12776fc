import type { Phase } from "../scenarios/scenario.ts";
import { concurrency } from "./concurrency/concurrency.ts";
import { fairness } from "./fairness/fairness.ts";
import { model } from "./model/model.ts";
import { paging } from "./paging/paging.ts";
import { smoke } from "./smoke/smoke.ts";

/** All phases in the order in which they run. */
export const PHASES: readonly Phase[] = [smoke, model, concurrency, paging, fairness];
