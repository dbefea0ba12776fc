import type { Phase } from "../../scenarios/scenario.ts";
import { checkOrderScenario } from "./check-order.ts";
import { credentialsScenario } from "./credentials.ts";
import { identifierScenarios } from "./identifiers.ts";
import { crossStoreScenarios, foreignStoreScenario } from "./stores.ts";

/** Who may do what, and what a caller learns who may not. */
export const authentication: Phase = {
  name: "authentication",
  title: "Credentials, stores and the order of checks",
  concurrency: 16,
  scenarios: ({ contract }) => {
    const ids = [...contract.operations.values()].filter(({ isAuthenticated }) => isAuthenticated).map(({ id }) => id);
    return [
      ...ids.map((id) => credentialsScenario(contract, id)),
      ...ids.map((id) => foreignStoreScenario(contract, id)),
      ...crossStoreScenarios,
      ...ids.flatMap((id) => identifierScenarios(contract, id)),
      ...ids.map(checkOrderScenario),
    ];
  },
};
