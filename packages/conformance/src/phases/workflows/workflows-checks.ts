import { check } from "../../checks/check.ts";

export const WORKFLOWS_CHECKS = [
  check(
    "workflow-step-failed",
    "A step of a workflow of the contract fails",
    `The workflows are the journeys that consumers make, in the format of Arazzo. Each step states the response that it expects, and polls if a
write may become visible later.

The name of the scenario is the name of the file in \`@memory-api/spec/workflows\`. Run it alone with \`redocly respect\` for details.`,
  ),
];
