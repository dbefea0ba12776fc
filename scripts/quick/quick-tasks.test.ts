import { expect, it } from "vitest";
import { root } from "../turbo.ts";
import { quickTasks } from "./quick-tasks.ts";

const builds = ["@memory-api/types#build", "@memory-api/client#build", "@memory-api/server#build"];

it("builds what follows the contract after a change of the contract and of generated code", () => {
  const generated = ["packages/types/src/generated/openapi.ts", "packages/client/src/generated/operations.ts"];
  expect(quickTasks(root, ["spec/paths/profile.yaml", ...generated, "docs/testing.md"])).toEqual(builds);
});

it("checks the types of each package with changed code, and of the scripts", () => {
  const files = [
    "packages/server/src/http/app.ts",
    "packages/server/test/a.ts",
    "spec/rules/plugin.js",
    "scripts/quick.ts",
  ];
  expect(quickTasks(root, files)).toEqual([
    ...builds,
    "@memory-api/server#typecheck",
    "@memory-api/spec#typecheck",
    "//#typecheck:repo",
  ]);
});
