import recorded from "./metrics.json" with { type: "json" };
import type { Metric } from "./parse-metrics.ts";

/** The metrics of a real server, which `build/record-metrics.ts` recorded. */
export const metrics: readonly Metric[] = recorded;
