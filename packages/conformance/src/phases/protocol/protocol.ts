import type { Phase } from "../../scenarios/scenario.ts";
import { addressScenarios } from "./addresses.ts";
import { bodyScenarios } from "./bodies.ts";
import { jsonOperations, routeScenarios } from "./routes.ts";

/** Routes, methods, media types and bodies: what HTTP says, and what the contract adds. */
export const protocol: Phase = {
  name: "protocol",
  title: "Routes, methods and bodies",
  concurrency: 16,
  scenarios: ({ contract }) => [
    ...routeScenarios(contract),
    ...jsonOperations(contract).flatMap(bodyScenarios),
    ...addressScenarios,
  ],
};
