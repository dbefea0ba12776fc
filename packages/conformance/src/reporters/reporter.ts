import type { ConformanceEvent, Listener } from "../events.ts";
import type { Violation } from "../findings/finding.ts";
import type { Report } from "../run/report.ts";

/** A run that ended, as reporters that write a document see it. */
export interface FinishedRun {
  readonly report: Report;
  readonly phases: readonly FinishedPhase[];
}

export interface FinishedPhase {
  readonly name: string;
  readonly title: string;
  readonly ms: number;
  readonly scenarios: readonly FinishedScenario[];
  readonly notRun: readonly { readonly scenario: string; readonly reason: string }[];
}

export interface FinishedScenario {
  readonly name: string;
  readonly outcome: "passed" | "failed" | "flaky";
  readonly findings: readonly Pick<Violation, "code" | "operationId" | "subject">[];
  readonly ms: number;
}

/** Listens to a run, and calls back when it ends. Scenarios are sorted by name, because they end in any order. */
export function whenFinished(callback: (run: FinishedRun) => void): Listener {
  const phases: {
    name: string;
    title: string;
    ms: number;
    scenarios: FinishedScenario[];
    notRun: FinishedPhase["notRun"][number][];
  }[] = [];
  return (event: ConformanceEvent) => {
    const phase = phases.at(-1);
    if (event.type === "phase-started") {
      phases.push({ name: event.phase, title: event.title, ms: 0, scenarios: [], notRun: [] });
    } else if (event.type === "scenario-ended") {
      const { scenario: name, outcome, findings, ms } = event;
      phase?.scenarios.push({ name, outcome, findings, ms });
    } else if (event.type === "not-run") phase?.notRun.push({ scenario: event.scenario, reason: event.reason });
    else if (event.type === "phase-ended" && phase !== undefined) phase.ms = event.ms;
    else if (event.type === "ended") {
      for (const { scenarios } of phases) scenarios.sort((a, b) => (a.name < b.name ? -1 : 1));
      callback({ report: event.report, phases });
    }
  };
}
