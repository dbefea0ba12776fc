import type { Phase } from "../scenarios/scenario.ts";
import { model } from "./model/model.ts";
import { protocol } from "./protocol/protocol.ts";
import { smoke } from "./smoke/smoke.ts";

/** All phases in the order in which they run. */
export const PHASES: readonly Phase[] = [smoke, protocol, model];
