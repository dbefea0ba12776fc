import { fileURLToPath } from "node:url";

/** The configuration of all packages that run mutation tests. Their scripts name the mutated files. */
export default {
  testRunner: "vitest",
  plugins: [import.meta.resolve("@stryker-mutator/vitest-runner")],
  vitest: { configFile: fileURLToPath(new URL("vitest.mutate.config.ts", import.meta.url)) },
  coverageAnalysis: "perTest",
  // Its rewriting of tsconfig.json needs the JavaScript API of the compiler, which TypeScript 7 no longer has.
  ignorePatterns: ["tsconfig*.json"],
  concurrency: 2,
  incremental: true,
  incrementalFile: ".mutation/incremental.json",
  cleanTempDir: "always",
  tempDirName: ".mutation/sandbox",
  reporters: ["clear-text", "progress", "html", "json"],
  htmlReporter: { fileName: ".mutation/report.html" },
  jsonReporter: { fileName: ".mutation/report.json" },
  thresholds: { high: 95, low: 85, break: 85 },
};
