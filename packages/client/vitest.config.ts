import { defineConfig, mergeConfig } from "vitest/config";
import repo, { oneProcessExceptFor } from "../../vitest.config.ts";

const isolated = [
  "test/openapi-fetch/*.test.ts",
  "test/resilience/retries.test.ts",
  "test/resilience/shared-limits.test.ts",
];

export default mergeConfig(repo, defineConfig({ test: { projects: oneProcessExceptFor(isolated) } }));
