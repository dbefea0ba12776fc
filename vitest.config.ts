import { configDefaults, defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { SkipReasonReporter } from "./scripts/test/skip-reasons.ts";

/** The configuration of all packages. `pnpm test` reads the totals from the JSON reports, which turbo restores from its cache. */
export default defineConfig({
  test: {
    // Copies of a package, which an interrupted run of `mutate` leaves.
    exclude: [...configDefaults.exclude, "**/.mutation/**"],
    reporters: ["default", new SkipReasonReporter({ outputFile: ".reports/vitest.json" })],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // On a busy machine, a condition may take longer to become true. That alone must not fail a test.
    expect: { poll: { timeout: 30_000 } },
  },
});

/**
 * Runs the files of a package one after another in one process, which takes less time.
 *
 * @param isolated files that need a process of their own, because they replace a module or a global, or share a server that they close
 */
export function oneProcessExceptFor(isolated: readonly string[]): TestProjectInlineConfiguration[] {
  return [
    { extends: true, test: { name: "isolated", include: [...isolated] } },
    { extends: true, test: { name: "shared", isolate: false, exclude: [...isolated] } },
  ];
}
