import { expect, it } from "vitest";
import steps from "../src/drawings/merge-steps.json" with { type: "json" };
import { recordMerge } from "../src/drawings/record-merge.ts";
import metrics from "../src/server/metrics.json" with { type: "json" };
import { recordMetrics } from "../src/server/record-metrics.ts";

it("the drawing of a merge shows what a sandbox does (node build/record-merge.ts)", async () => {
  expect(steps).toEqual(await recordMerge());
});

it("the page of metrics lists the metrics of a server (node build/record-metrics.ts)", async () => {
  expect(metrics).toEqual(await recordMetrics());
});
