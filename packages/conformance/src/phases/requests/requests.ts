import type { Phase } from "../../scenarios/scenario.ts";
import { jsonOperations } from "../protocol/routes.ts";
import { bodyScenarios } from "./body-scenarios.ts";
import { rejectedScenarios } from "./effects.ts";
import { parameterScenarios } from "./parameter-scenarios.ts";

/** Generated requests: what the contract allows must be accepted, and everything else rejected. */
export const requests: Phase = {
  name: "requests",
  title: "Valid and invalid requests",
  concurrency: 24,
  *scenarios(context) {
    yield* rejectedScenarios;
    for (const { id, isAuthenticated } of context.contract.operations.values()) {
      // The parameters of an upload URL are opaque, and part of a signature.
      if (isAuthenticated) yield* parameterScenarios(id, context);
    }
    for (const id of jsonOperations(context.contract)) yield* bodyScenarios(id, context);
  },
};
