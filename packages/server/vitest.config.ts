import { configDefaults, defineConfig, mergeConfig } from "vitest/config";
import repo from "../../vitest.config.ts";

/** Drills that take long, and that few changes can break. `test:soak` runs them. */
const drills = ["test/recovery/point-in-time.test.ts", "test/recovery/standby-loss.test.ts"];

export default mergeConfig(
  repo,
  defineConfig({
    test: {
      globalSetup: ["test/postgres/shared-postgres.ts"],
      exclude: process.env["SOAK"] ? configDefaults.exclude : drills,
    },
  }),
);
