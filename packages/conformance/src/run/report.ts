import type { Finding, FlakyNote } from "../findings/finding.ts";

/** The result of a run. */
export interface Report {
  readonly baseUrl: string;
  readonly contractVersion: string;
  readonly seed: number;
  readonly runId: string;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly flaky: readonly FlakyNote[];
  readonly notRun: readonly { readonly phase: string; readonly scenario: string; readonly reason: string }[];
  readonly scenarios: number;
  readonly requests: number;
  readonly ms: number;
}
