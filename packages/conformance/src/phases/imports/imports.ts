import type { Phase, RunProfile } from "../../scenarios/scenario.ts";
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
  scenarios: ({ profile }) => [
    ...importScenarios,
    ...uploadScenarios,
    ...FILE_CASES.filter(({ profile: least = "quick" }) => PROFILES.indexOf(profile) >= PROFILES.indexOf(least)).map(
      fileScenario,
    ),
    unfitCell,
    ...(profile === "quick" ? [] : [listBound]),
  ],
};
