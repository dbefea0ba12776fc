import type { Phase, RunProfile, Scenario } from "../../scenarios/scenario.ts";
import { FILE_CASES } from "./file-cases.ts";
import { fileScenario, unfitCell } from "./file-scenarios.ts";
import { importScenarios, listBound } from "./import-scenarios.ts";
import { uploadScenarios } from "./upload-scenarios.ts";

const PROFILES: readonly RunProfile[] = ["quick", "full", "soak"];

/** Imports from their creation to their effect. */
export const imports: Phase = {
  name: "imports",
  title: "Imports of CSV files",
  concurrency: 8,
  scenarios: ({ profile }) =>
    unlessStuck([
      ...importScenarios,
      ...uploadScenarios,
      ...FILE_CASES.filter(({ profile: least = "quick" }) => PROFILES.indexOf(profile) >= PROFILES.indexOf(least)).map(
        fileScenario,
      ),
      unfitCell,
      ...(profile === "quick" ? [] : [listBound]),
    ]),
};

/** Once an import did not end in time, the scenarios that have not begun are not run, since each of them would wait as long. */
function unlessStuck(scenarios: readonly Scenario[]): Scenario[] {
  const stuck = new Set<string>();
  return scenarios.map((scenario) => ({
    ...scenario,
    run: async (session) => {
      const [other] = stuck;
      // A scenario that was stuck is repeated, to confirm it.
      if (other !== undefined && !stuck.has(scenario.name))
        session.notRun(`the import of ${other} did not end in time`);
      try {
        await scenario.run(session);
      } finally {
        if (session.violations.some(({ violation }) => violation.code === "import-not-finished"))
          stuck.add(scenario.name);
      }
    },
  }));
}
