import { defineConfig, mergeConfig } from "vitest/config";
import repo, { oneProcessExceptFor } from "../../vitest.config.ts";

/** The consumer kit replaces JSON.parse. */
const isolated = ["test/consumer/**/*.test.ts"];

export default mergeConfig(repo, defineConfig({ test: { projects: oneProcessExceptFor(isolated) } }));
