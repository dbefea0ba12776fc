import type { Phase, Scenario } from "../../scenarios/scenario.ts";
import { checkEnds, checkOrder, checkPageSize, checkPrevious } from "./page-scenarios.ts";
import { STABILITY } from "./stability.ts";
import { checkForeignToken, checkTokens } from "./tokens.ts";

/** The list of profiles, page by page. The store may be large, and others may write to it. */
export const paging: Phase = {
  name: "paging",
  title: "Paging",
  concurrency: 2,
  scenarios: () =>
    [
      ["page-size", checkPageSize] as const,
      ["ends", checkEnds] as const,
      ["order", checkOrder] as const,
      ["previous-page", checkPrevious] as const,
      ["tokens", checkTokens] as const,
      ["token-of-another-store", checkForeignToken] as const,
      ...STABILITY,
    ].map(([name, run]): Scenario => ({ name: `paging/${name}`, isWriting: true, run })),
};
