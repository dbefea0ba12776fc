import { randomBytes, randomInt } from "node:crypto";
import { CHECKS } from "../checks/catalogue.ts";
import { Contract } from "../contract/contract.ts";
import type { ConformanceEvent, Listener } from "../events.ts";
import type { Finding, FlakyNote, Violation } from "../findings/finding.ts";
import type { Exchange } from "../http/exchange.ts";
import { HttpConnection, RequestLimitError, UnreachableError } from "../http/http-connection.ts";
import { PHASES } from "../phases/phases.ts";
import type { Phase, RunProfile, Scenario } from "../scenarios/scenario.ts";
import { Session } from "../scenarios/session.ts";
import { StopScenario } from "../scenarios/stop-scenario.ts";
import type { Target } from "../target.ts";
import { forEachConcurrently } from "./for-each-concurrently.ts";
import { quantile } from "./quantile.ts";
import type { Report } from "./report.ts";

export interface RunOptions {
  readonly target: Target;
  /** @default "quick" */
  readonly profile?: RunProfile;
  /** Chooses values and their order. @default random */
  readonly seed?: number;
  /** Part of every identity, so that a second run finds none of the people of the first. @default random */
  readonly runId?: string;
  /** Names of phases or scenarios, or their beginnings. @default all */
  readonly only?: readonly string[];
  /** Names of phases or scenarios, or their beginnings. @default none */
  readonly skip?: readonly string[];
  /** @default no limit */
  readonly maxRequests?: number;
  /** Requests per second. @default no limit */
  readonly rate?: number;
  /** @default none */
  readonly listeners?: readonly Listener[];
  /** Stops the run: scenarios that have not begun are named as not run. @default never */
  readonly signal?: AbortSignal;
  /** @default every phase of the kit */
  readonly phases?: readonly Phase[];
}

const MAX_SEED = 0x7fffffff;

/**
 * Tests an implementation.
 *
 * @throws {UnreachableError} if it cannot be reached
 */
export async function runConformance(options: RunOptions): Promise<Report> {
  const run = new Run(options);
  return run.run();
}

class Run {
  readonly #options: RunOptions;
  readonly #contract = new Contract();
  readonly #connection: HttpConnection;
  readonly #seed: number;
  readonly #runId: string;
  /** By code, operation and subject. */
  readonly #findings = new Map<string, Finding>();
  readonly #flaky: FlakyNote[] = [];
  readonly #notRun: { phase: string; scenario: string; reason: string }[] = [];
  readonly #notes: { scenario: string; text: string }[] = [];
  readonly #lags: number[] = [];
  #scenarios = 0;

  constructor(options: RunOptions) {
    this.#options = options;
    const { maxRequests, rate } = options;
    this.#connection = new HttpConnection({ ...(maxRequests && { maxRequests }), ...(rate && { rate }) });
    this.#seed = options.seed ?? randomInt(MAX_SEED);
    this.#runId = options.runId ?? randomBytes(4).toString("hex");
  }

  async run(): Promise<Report> {
    const { target, phases = PHASES } = this.#options;
    const startedAt = performance.now();
    const identity = {
      baseUrl: target.baseUrl,
      contractVersion: this.#contract.version,
      seed: this.#seed,
      runId: this.#runId,
    };
    try {
      this.#emit({ type: "started", ...identity });
      for (const phase of phases) await this.#runPhase(phase);
    } finally {
      this.#connection.close();
    }
    const report: Report = {
      ...identity,
      findings: [...this.#findings.values()].sort(worstFirst),
      flaky: this.#flaky,
      notRun: this.#notRun,
      notes: this.#notes,
      ...(this.#lags.length > 0 && { lag: lagOf(this.#lags) }),
      scenarios: this.#scenarios,
      requests: this.#connection.sent,
      ms: performance.now() - startedAt,
    };
    this.#emit({ type: "ended", report });
    return report;
  }

  async #runPhase(phase: Phase): Promise<void> {
    const startedAt = performance.now();
    this.#emit({ type: "phase-started", phase: phase.name, title: phase.title });
    const { target, profile = "quick" } = this.#options;
    const scenarios = phase.scenarios({ contract: this.#contract, target, seed: this.#seed, profile });
    await forEachConcurrently(scenarios, phase.concurrency, (scenario) => this.#runScenario(phase, scenario));
    this.#emit({ type: "phase-ended", phase: phase.name, ms: performance.now() - startedAt });
  }

  async #runScenario(phase: Phase, scenario: Scenario): Promise<void> {
    if (!this.#isSelected(phase, scenario)) return;
    if (this.#options.signal?.aborted) return this.#skip(phase, scenario, "the run was stopped");
    if (scenario.isWriting && this.#options.target.isReadOnly)
      return this.#skip(phase, scenario, "it writes, and the run is read-only");
    try {
      const session = await this.#attempt(scenario, 0);
      if (session.notRunReason !== undefined) this.#skip(phase, scenario, session.notRunReason);
      if (session.notRunReason !== undefined && session.violations.length === 0) return;
      this.#scenarios++;
      if (session.violations.length > 0) await this.#confirm(scenario, session);
      const outcome = session.violations.length > 0 ? "failed" : "passed";
      this.#emit({ type: "scenario-ended", phase: phase.name, scenario: scenario.name, outcome });
    } catch (error) {
      if (!(error instanceof RequestLimitError)) throw error;
      this.#skip(phase, scenario, error.message);
    }
  }

  /** Runs a scenario with new identities. */
  async #attempt(scenario: Scenario, attempt: number): Promise<Session> {
    const session = new Session({
      contract: this.#contract,
      target: this.#options.target,
      connection: this.#connection,
      identity: `${this.#runId}/${this.#seed}/${scenario.name}/${attempt}`,
      onExchange: (operationId, exchange) => this.#emit({ type: "exchange", operationId, exchange }),
    });
    try {
      await scenario.run(session);
    } catch (error) {
      if (error instanceof UnreachableError) await this.#reportNoResponse(session, error);
      else if (!(error instanceof StopScenario)) throw error;
    }
    this.#lags.push(...session.lags);
    this.#notes.push(...session.notes.map((text) => ({ scenario: scenario.name, text })));
    return session;
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

  /** Repeats a scenario, since a violation counts only if it occurs again. */
  async #confirm(scenario: Scenario, first: Session): Promise<void> {
    const again = await this.#attempt(scenario, 1);
    const confirmed = new Set(again.violations.map(({ violation }) => keyOf(violation)));
    const seen = new Set<string>();
    for (const { violation, exchanges } of first.violations) {
      const key = keyOf(violation);
      if (seen.has(key)) continue;
      seen.add(key);
      if (confirmed.has(key)) this.#find(scenario, violation, exchanges);
      else this.#note({ ...violation, scenario: scenario.name });
    }
  }

  #find(scenario: Scenario, violation: Violation, exchanges: readonly Exchange[]): void {
    const check = CHECKS.get(violation.code);
    if (check === undefined) throw new Error(`No check has the code ${violation.code}.`);
    const known = this.#findings.get(keyOf(violation));
    const { severity, blame, title } = check;
    const repeat = { seed: this.#seed, runId: this.#runId, scenario: scenario.name };
    const isSmaller = known === undefined || exchanges.length < known.exchanges.length;
    const best = isSmaller ? { ...violation, severity, blame, title, repeat, exchanges } : known;
    const finding: Finding = { ...best, occurrences: (known?.occurrences ?? 0) + 1 };
    this.#findings.set(keyOf(violation), finding);
    if (known === undefined) this.#emit({ type: "finding", finding });
  }

  #note(note: FlakyNote): void {
    this.#flaky.push(note);
    this.#emit({ type: "flaky", note });
  }

  #skip(phase: Phase, scenario: Scenario, reason: string): void {
    const notRun = { phase: phase.name, scenario: scenario.name, reason };
    this.#notRun.push(notRun);
    this.#emit({ type: "not-run", ...notRun });
  }

  #isSelected(phase: Phase, scenario: Scenario): boolean {
    const { only = [], skip = [] } = this.#options;
    const matches = (name: string) => scenario.name.startsWith(name) || phase.name === name;
    return (only.length === 0 || only.some(matches)) && !skip.some(matches);
  }

  #emit(event: ConformanceEvent): void {
    for (const listener of this.#options.listeners ?? []) listener(event);
  }
}

function lagOf(lags: readonly number[]): NonNullable<Report["lag"]> {
  const sorted = [...lags].sort((one, other) => one - other);
  return { count: lags.length, p50Ms: quantile(sorted, 0.5), p99Ms: quantile(sorted, 0.99) };
}

function keyOf({ code, operationId, subject }: Violation): string {
  return `${code} ${operationId ?? ""} ${subject ?? ""}`;
}

function worstFirst(one: Finding, other: Finding): number {
  if (one.severity !== other.severity) return one.severity === "error" ? -1 : 1;
  return one.code < other.code ? -1 : 1;
}
