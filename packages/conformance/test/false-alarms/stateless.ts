import type { RunOptions } from "../../src/run/run-conformance.ts";

/** The scenarios that a mock without state and without rules beyond the schemas can pass. */
export const STATELESS: Pick<RunOptions, "only"> = {
  only: ["smoke/listProfiles", "smoke/listProfileImportsV2"],
};
