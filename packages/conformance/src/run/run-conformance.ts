import { randomBytes, randomInt } from "node:crypto";
import { CHECKS } from "../checks/catalogue.ts";
import { installedContract } from "../contract/contract.ts";
import { CoverageRecorder } from "../coverage/coverage-recorder.ts";
import type { ConformanceEvent, Listener } from "../events.ts";
import { keyOf, nameOf, weightOf, worstFirst } from "../findings/compare.ts";
import { type ExpectedFailure, isExpected } from "../findings/expected-failures.ts";
import type { Finding, FlakyNote, Violation } from "../findings/finding.ts";
import { type Person, peopleIn } from "../findings/people.ts";
import { createRedactor, type Redactor } from "../findings/redact.ts";
import { smallestSequence } from "../findings/smallest-sequence.ts";
import { HttpConnection, RequestLimitError, UnreachableError } from "../http/http-connection.ts";
import { PHASES } from "../phases/phases.ts";
import type { Phase, RunProfile, Scenario } from "../scenarios/scenario.ts";
import { type ReportedViolation, Session } from "../scenarios/session.ts";
import { StopScenario } from "../scenarios/stop-scenario.ts";
import type { Target } from "../target.ts";
import { forEachConcurrently } from "./for-each-concurrently.ts";
import { quantile } from "./quantile.ts";
import type { Report } from "./report.ts";
import { Selection } from "./selection.ts";

export interface RunOptions {
  readonly target: Target;
  /** @default "quick" */
  readonly profile?: RunProfile;
  /** Chooses values and their order. @default random */
  readonly seed?: number;
  /** Part of every identifier that the run writes, so that two runs never write to the same profiles. @default random */
  readonly runId?: string;
  /** Names of phases or scenarios, or their beginnings. @default all */
  readonly only?: readonly string[];
  /** Names of phases or scenarios, or their beginnings. @default none */
  readonly skip?: readonly string[];
  /** @default no limit */
  readonly maxRequests?: number;
  /** Requests per second. @default no limit */
  readonly rate?: number;
  /** Findings that do not fail the run. The run fails if one of them does not occur. @default none */
  readonly expectedFailures?: readonly ExpectedFailure[];
  /** The run fails if the coverage is below this percentage. @default 0 */
  readonly minCoverage?: number;
  /** @default none */
  readonly listeners?: readonly Listener[];
  /** Stops the run. Scenarios that have not begun are listed as not run. @default never */
  readonly signal?: AbortSignal;
  /** @default every phase of the kit */
  readonly phases?: readonly Phase[];
}

const MAX_SEED = 0x7fffffff;

/**
 * Tests an implementation, and resolves with a report. Pass the report to `verdictOf` to find out whether the run passed.
 *
 * Use only a target that is yours: a run writes many profiles, and sends requests that are meant to cause errors. Unlike the command,
 * this function also accepts a target that is not on this machine.
 *
 * @example
 * const report = await runConformance({
 *   target: {
 *     baseUrl: "http://127.0.0.1:4010",
 *     account: { storeId: "mem_store_00000000000000000000000000", username: "SK…", password: "…" },
 *     isImmediate: false,
 *     eventualWithinMs: 5000,
 *     isReadOnly: false,
 *   },
 * });
 * expect(verdictOf(report).exitCode).toBe(0);
 *
 * If the implementation stops responding during the run, the report contains the findings until then, and the reason as a problem.
 *
 * @throws {UnreachableError} if the implementation never responded. Before, listeners receive an `ended` event, whose `problems`
 * contain the reason.
 */
export async function runConformance(options: RunOptions): Promise<Report> {
  const run = new ConformanceRun(options);
  try {
    run.start();
    for (const phase of run.phases) await run.runPhase(phase);
  } catch (error) {
    const report = run.end(error instanceof Error ? error.message : String(error));
    if (error instanceof UnreachableError && report.scenarios > 0) return report;
    throw error;
  }
  return run.end();
}

/** A run, phase by phase. */
export class ConformanceRun {
  readonly phases: readonly Phase[];
  readonly #options: RunOptions;
  readonly #contract = installedContract();
  readonly #connection: HttpConnection;
  readonly #coverage = new CoverageRecorder(this.#contract);
  readonly #redactor: Redactor;
  readonly #selection: Selection;
  readonly #seed: number;
  readonly #runId: string;
  /** By code, operation and subject. */
  readonly #findings = new Map<string, Finding>();
  readonly #flaky: FlakyNote[] = [];
  readonly #notRun: { phase: string; scenario: string; reason: string }[] = [];
  readonly #problems: string[] = [];
  readonly #startedAt = performance.now();
  readonly #notes: { scenario: string; text: string }[] = [];
  readonly #lags: number[] = [];
  #scenarios = 0;
  #isOverLimit = false;

  constructor(options: RunOptions) {
    this.#options = options;
    this.phases = options.phases ?? PHASES;
    const { maxRequests, rate } = options;
    this.#connection = new HttpConnection({ ...(maxRequests && { maxRequests }), ...(rate && { rate }) });
    this.#redactor = createRedactor(options.target);
    this.#selection = new Selection(options.only, options.skip);
    this.#seed = options.seed ?? randomInt(MAX_SEED);
    this.#runId = options.runId ?? randomBytes(4).toString("hex");
  }

  start(): void {
    this.#emit({ type: "started", ...this.#identity });
  }

  async runPhase(phase: Phase): Promise<void> {
    const startedAt = performance.now();
    this.#emit({ type: "phase-started", phase: phase.name, title: phase.title });
    const { target, profile = "quick" } = this.#options;
    const scenarios = phase.scenarios({ contract: this.#contract, target, seed: this.#seed, profile });
    let count = 0;
    await forEachConcurrently(scenarios, phase.concurrency, (scenario) => {
      count++;
      return this.#runScenario(phase, scenario);
    });
    if (count === 0) this.#skip(phase, phase.name, "the phase has no scenario for this target and profile");
    this.#emit({ type: "phase-ended", phase: phase.name, ms: performance.now() - startedAt });
  }

  /** Ends the run. @param reason why it could not be completed */
  end(reason?: string): Report {
    this.#connection.close();
    if (reason !== undefined) this.#problems.push(this.#redactor.text(reason));
    else this.#problems.push(...this.#selection.problems(this.phases));
    if (this.#options.signal?.aborted) this.#problems.push("The run was stopped before it was complete.");
    if (this.#scenarios === 0) this.#problems.push("No scenario ran, so nothing was tested.");
    const findings = [...this.#findings.values()].sort(worstFirst);
    const report: Report = {
      ...this.#identity,
      findings: findings.filter(({ expectedFailure }) => expectedFailure === undefined),
      expectedFailures: findings.filter(({ expectedFailure }) => expectedFailure !== undefined),
      passedExpectedFailures: this.#passedExpectedFailures(findings),
      flaky: this.#flaky,
      notRun: this.#notRun,
      problems: this.#problems,
      coverage: this.#coverage.result(),
      minCoverage: this.#options.minCoverage ?? 0,
      notes: this.#notes,
      ...(this.#lags.length > 0 && { lag: lagOf(this.#lags) }),
      scenarios: this.#scenarios,
      requests: this.#connection.sent,
      ms: performance.now() - this.#startedAt,
    };
    this.#emit({ type: "ended", report });
    return report;
  }

  get #identity() {
    const { baseUrl } = this.#options.target;
    return { baseUrl, contractVersion: this.#contract.version, seed: this.#seed, runId: this.#runId };
  }

  /** The expected failures that did not occur, unless too little ran to say so. */
  #passedExpectedFailures(findings: readonly Finding[]): ExpectedFailure[] {
    if (!this.#selection.isWhole || this.#isOverLimit || this.#problems.length > 0) return [];
    const { expectedFailures = [] } = this.#options;
    return expectedFailures.filter(
      (entry) => ![...findings, ...this.#flaky].some((violation) => isExpected(entry, violation)),
    );
  }

  async #runScenario(phase: Phase, scenario: Scenario): Promise<void> {
    if (!this.#selection.includes(phase, scenario)) return;
    if (this.#options.signal?.aborted) return this.#skip(phase, scenario.name, "the run was stopped");
    if (scenario.isWriting && this.#options.target.isReadOnly)
      return this.#skip(phase, scenario.name, "the scenario writes, and the run is read-only");
    const startedAt = performance.now();
    const session = this.#sessionOf(scenario, 0);
    try {
      await this.#attempt(scenario, session);
      const hasFailed = session.violations.length > 0;
      if (session.notRunReason !== undefined) this.#skip(phase, scenario.name, session.notRunReason);
      if (session.notRunReason !== undefined && !hasFailed) return;
      const findings = hasFailed ? await this.#confirm(scenario, session) : [];
      this.#scenarios++;
      const outcome = findings.length > 0 ? "failed" : hasFailed ? "flaky" : "passed";
      const ms = performance.now() - startedAt;
      this.#emit({ type: "scenario-ended", phase: phase.name, scenario: scenario.name, outcome, findings, ms });
    } catch (error) {
      if (!(error instanceof RequestLimitError || error instanceof UnreachableError)) throw error;
      const [failure] = session.violations;
      const message = this.#redactor.text(error.message);
      if (failure !== undefined) {
        const { expected, received } = this.#redactor.violation(failure.violation);
        const what = `${nameOf(failure.violation)}, expected ${expected}, received ${received}`;
        this.#problems.push(`${scenario.name} failed (${what}), but could not be repeated. ${message}`);
      }
      if (error instanceof UnreachableError) throw error;
      this.#isOverLimit = true;
      this.#skip(phase, scenario.name, message);
    }
  }

  #sessionOf(scenario: Scenario, attempt: number): Session {
    return new Session({
      contract: this.#contract,
      target: this.#options.target,
      connection: this.#connection,
      identity: `${this.#runId}/${this.#seed}/${scenario.name}/${attempt}`,
      onExchange: (operationId, exchange) => {
        this.#coverage.record(operationId, exchange);
        this.#emit({ type: "exchange", operationId, exchange });
      },
    });
  }

  async #attempt(scenario: Scenario, session: Session): Promise<void> {
    try {
      await scenario.run(session);
    } catch (error) {
      if (error instanceof UnreachableError) await this.#reportNoResponse(session, error);
      else if (!(error instanceof StopScenario)) throw error;
    }
    this.#lags.push(...session.lags);
    this.#notes.push(...session.notes.map((text) => ({ scenario: scenario.name, text })));
  }

  /**
   * Reports that a request got no response although the implementation responds to others.
   *
   * @throws {UnreachableError} if it does not respond to others either
   */
  async #reportNoResponse(session: Session, error: UnreachableError): Promise<void> {
    await this.#connection.send(session.requestOf("listProfiles")).catch(() => {
      throw error;
    });
    session.report({
      code: "no-response",
      expected: "a response of the contract",
      received: error.message.slice(0, 500),
      source: { kind: "contract", pointer: "/info/description" },
    });
  }

  /** Repeats a scenario, since a violation counts only if it occurs again. Returns what did. */
  async #confirm(scenario: Scenario, first: Session): Promise<Violation[]> {
    const again = this.#sessionOf(scenario, 1);
    await this.#attempt(scenario, again);
    const repeated = new Set(again.violations.map(({ violation }) => keyOf(violation)));
    const seen = new Set<string>();
    const confirmed: Violation[] = [];
    for (const reported of first.violations) {
      const violation = this.#redactor.violation(reported.violation);
      const key = keyOf(violation);
      if (seen.has(key)) continue;
      seen.add(key);
      if (!repeated.has(key)) {
        this.#note({ ...violation, scenario: scenario.name });
        continue;
      }
      confirmed.push(violation);
      this.#find(scenario, violation, reported, first.people);
    }
    return confirmed;
  }

  #find(
    scenario: Scenario,
    violation: Violation,
    { exchanges, isEvidence }: ReportedViolation,
    people: readonly Person[],
  ): void {
    const check = CHECKS.get(violation.code);
    if (check === undefined) throw new Error(`No check has the code ${violation.code}.`);
    const { severity, blame, title } = check;
    const known = this.#findings.get(keyOf(violation));
    const shortest = isEvidence ? exchanges : smallestSequence(exchanges, this.#storeIds);
    const line = violation.source.kind === "contract" ? this.#contract.lineOf(violation.source.pointer) : undefined;
    const expectedFailure = this.#options.expectedFailures?.find((entry) => isExpected(entry, violation));
    const best =
      known !== undefined && weightOf(known.exchanges) <= weightOf(shortest)
        ? known
        : {
            ...violation,
            severity,
            blame,
            title,
            ...(line !== undefined && { line }),
            ...(expectedFailure !== undefined && { expectedFailure }),
            repeat: { seed: this.#seed, runId: this.#runId, scenario: scenario.name },
            exchanges: shortest.map(this.#redactor.exchange),
            people: peopleIn(shortest, people),
          };
    const finding: Finding = { ...best, occurrences: (known?.occurrences ?? 0) + 1 };
    this.#findings.set(keyOf(violation), finding);
    if (known === undefined) this.#emit({ type: "finding", finding });
  }

  get #storeIds(): string[] {
    const { account, otherAccount } = this.#options.target;
    return otherAccount === undefined ? [account.storeId] : [account.storeId, otherAccount.storeId];
  }

  #note(note: FlakyNote): void {
    this.#flaky.push(note);
    this.#emit({ type: "flaky", note });
  }

  #skip(phase: Phase, scenario: string, reason: string): void {
    const notRun = { phase: phase.name, scenario, reason };
    this.#notRun.push(notRun);
    this.#emit({ type: "not-run", ...notRun });
  }

  #emit(event: ConformanceEvent): void {
    for (const listener of this.#options.listeners ?? []) listener(event);
  }
}

function lagOf(lags: readonly number[]): NonNullable<Report["lag"]> {
  const sorted = [...lags].sort((one, other) => one - other);
  return { count: lags.length, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) };
}
