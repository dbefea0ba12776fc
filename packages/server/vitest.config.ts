import { defineConfig, mergeConfig } from "vitest/config";
import repo, { oneProcessExceptFor } from "../../vitest.config.ts";

/** Drills that take long, and that few changes can break. `test:soak` runs them. */
const drills = ["test/recovery/point-in-time.test.ts", "test/recovery/standby-loss.test.ts"];

const isolated = [
  "test/imports/yield-to-event-loop.test.ts",
  "test/operations/receive-upload.test.ts",
  "test/postgres/clock.test.ts",
  "test/sandbox/reset-and-restore.test.ts",
  "test/security/owasp-authentication.test.ts",
];

export default mergeConfig(
  repo,
  defineConfig({
    test: {
      globalSetup: ["test/postgres/shared-postgres.ts"],
      exclude: process.env["SOAK"] ? [] : drills,
      projects: oneProcessExceptFor(isolated),
    },
  }),
);
