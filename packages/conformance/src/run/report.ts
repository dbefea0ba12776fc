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
  /** What a person should know, and is no finding. */
  readonly notes: readonly { readonly scenario: string; readonly text: string }[];
  /** Until an accepted write was visible. Absent if no scenario waited for one. */
  readonly lag?: { readonly count: number; readonly p50Ms: number; readonly p99Ms: number };
  readonly scenarios: number;
  readonly requests: number;
  readonly ms: number;
}
