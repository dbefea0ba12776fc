import type { Coverage } from "../coverage/coverage.ts";
import type { ExpectedFailure } from "../findings/expected-failures.ts";
import type { Finding, FlakyNote } from "../findings/finding.ts";

/** The result of a run. */
export interface Report {
  readonly baseUrl: string;
  readonly contractVersion: string;
  readonly seed: number;
  readonly runId: string;
  /** Worst first. Expected failures are not among them. */
  readonly findings: readonly Finding[];
  readonly expectedFailures: readonly Finding[];
  /** Expected failures that did not occur. They fail the run, so that the list stays true. */
  readonly passedExpectedFailures: readonly ExpectedFailure[];
  readonly flaky: readonly FlakyNote[];
  readonly notRun: readonly { readonly phase: string; readonly scenario: string; readonly reason: string }[];
  /** Why the run does not show whether the contract is kept. Empty if it does. */
  readonly problems: readonly string[];
  readonly coverage: Coverage;
  /** The percentage of the coverage below which the run fails. */
  readonly minCoverage: number;
  /** What a person should know, and is no finding. */
  readonly notes: readonly { readonly scenario: string; readonly text: string }[];
  /** Until an accepted write was visible. Absent if no scenario waited for one. */
  readonly lag?: { readonly count: number; readonly p50Ms: number; readonly p99Ms: number };
  readonly scenarios: number;
  readonly requests: number;
  readonly ms: number;
}
