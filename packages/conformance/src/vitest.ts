import { afterAll, describe, expect, it } from "vitest";
import type { ConformanceEvent, Listener } from "./events.ts";
import { type FindingGroup, groupsOf, nameOf } from "./findings/compare.ts";
import { toCurl } from "./findings/curl.ts";
import type { Finding } from "./findings/finding.ts";
import { PHASES } from "./phases/phases.ts";
import { describeOthers, describeSource, repeatOptions } from "./reporters/describe.ts";
import type { Report } from "./run/report.ts";
import { ConformanceRun, type RunOptions } from "./run/run-conformance.ts";
import { verdictOf } from "./run/verdict.ts";
import type { Phase } from "./scenarios/scenario.ts";

/** The options of a run of every phase. Use `only` and `skip` to select some. */
export type ConformanceOptions = Omit<RunOptions, "phases">;

/** The confirmed findings of a phase, and the number of its scenarios. */
interface PhaseResult {
  readonly findings: Map<string, Finding>;
  scenarios: number;
}

/**
 * Registers a test for each phase of the kit, and one for the run as a whole: expected failures that did not occur, the
 * coverage, and names in `only` and `skip` that match nothing. If no scenario of a phase is selected, its test is skipped.
 *
 * @param options the options of the run, or a function that returns them. It is called when the first test begins, so it
 * can start the implementation
 *
 * @example
 * import { describeConformance } from "@memory-api/conformance/vitest";
 *
 * describe("our Memory API", () => {
 *   describeConformance(async () => ({ target: await startImplementation() }));
 * });
 */
export function describeConformance(
  options: ConformanceOptions | (() => ConformanceOptions | Promise<ConformanceOptions>),
): void {
  const results = new Map<string, PhaseResult>();
  let started: Promise<ConformanceRun> | undefined;
  let report: Report | undefined;

  const start = async (): Promise<ConformanceRun> => {
    const given = typeof options === "function" ? await options() : options;
    const run = new ConformanceRun({ ...given, listeners: [...(given.listeners ?? []), collectInto(results)] });
    run.start();
    return run;
  };
  const running = (): Promise<ConformanceRun> => {
    started ??= start();
    return started;
  };

  describe("conformance", () => {
    for (const phase of PHASES) {
      // Every request has a timeout of its own.
      it(phase.title, { timeout: 0 }, async (context) => {
        const run = await running();
        let failure: unknown;
        await run.runPhase(phase).catch((error: unknown) => {
          failure = error;
        });
        const { findings, scenarios } = resultOf(results, phase);
        const unexpected = [...findings.values()].filter(({ expectedFailure }) => expectedFailure === undefined);
        const shown = groupsOf(unexpected).map(describeFinding);
        // Findings that precede the failure may explain it.
        if (failure instanceof Error && shown.length > 0)
          shown.push(`The phase could not be completed: ${failure.message}`);
        if (shown.length > 0) expect.fail(shown.join("\n\n"));
        if (failure !== undefined) throw failure;
        if (scenarios === 0) context.skip("no scenario is selected");
      });
    }

    it("The run as a whole", async (context) => {
      if (PHASES.some(({ name }) => !results.has(name))) context.skip("not every phase ran");
      report = (await running()).end();
      // The tests of the phases have failed with their findings.
      const { exitCode, reasons } = verdictOf({ ...report, findings: [] });
      if (exitCode !== 0) expect.fail(reasons.join("\n"));
    });

    afterAll(async () => {
      if (started === undefined || report !== undefined) return;
      // If it could not be started, the tests have failed with the reason.
      const run = await started.catch(() => undefined);
      run?.end("Not every phase ran.");
    });
  });
}

function collectInto(results: Map<string, PhaseResult>): Listener {
  const known = new Map<string, Finding>();
  return (event: ConformanceEvent) => {
    if (event.type === "phase-started") results.set(event.phase, { findings: new Map(), scenarios: 0 });
    else if (event.type === "finding") known.set(nameOf(event.finding), event.finding);
    else if (event.type === "scenario-ended") {
      const result = results.get(event.phase);
      if (result === undefined) return;
      result.scenarios++;
      for (const name of event.findings.map(nameOf)) {
        const finding = known.get(name);
        if (finding !== undefined) result.findings.set(name, finding);
      }
    }
  };
}

function resultOf(results: ReadonlyMap<string, PhaseResult>, { name }: Phase): PhaseResult {
  const result = results.get(name);
  if (result === undefined) throw new Error(`The phase ${name} did not start.`);
  return result;
}

function describeFinding(group: FindingGroup): string {
  const { finding } = group;
  const others = describeOthers(group);
  const { title, expected, received, source, line, blame } = finding;
  return `${title} (${nameOf(finding)})${others === undefined ? "" : `\n  Also in:   ${others}`}
  Expected:  ${expected}
  Received:  ${received}
  Stated in: ${describeSource(source, line)}
  Fix in:    the ${blame}
  Reproduce: ${repeatOptions(finding)}
${toCurl(finding.exchanges, finding.people)}`;
}
