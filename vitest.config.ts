import { defineConfig } from "vitest/config";
import { ReportWithSkipReasons } from "./scripts/test/skip-reasons.ts";

/** One configuration for every package: totals are read from the JSON report, so they hold when turbo answers from its cache. */
export default defineConfig({
  test: {
    reporters: ["default", new ReportWithSkipReasons({ outputFile: ".reports/vitest.json" })],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A condition that is awaited comes late on a machine that is busy; that alone is no failure.
    expect: { poll: { timeout: 30_000 } },
  },
});
