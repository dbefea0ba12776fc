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
  /** Expected failures that did not occur. They fail the run, so that the list stays up to date. */
  readonly passedExpectedFailures: readonly ExpectedFailure[];
  readonly flaky: readonly FlakyNote[];
  readonly notRun: readonly { readonly phase: string; readonly scenario: string; readonly reason: string }[];
  /** Why the run is not conclusive. Empty if it is. */
  readonly problems: readonly string[];
  readonly coverage: Coverage;
  /** The run fails if the coverage is below this percentage. */
  readonly minCoverage: number;
  /** Observations that are not findings. */
  readonly notes: readonly { readonly scenario: string; readonly text: string }[];
  /** How long accepted writes took to become visible. Absent if no scenario waited for one. */
  readonly lag?: { readonly count: number; readonly p50Ms: number; readonly p99Ms: number };
  readonly scenarios: number;
  readonly requests: number;
  readonly ms: number;
}
