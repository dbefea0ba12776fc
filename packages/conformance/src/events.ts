import type { OperationId } from "@memory-api/types";
import type { Finding, FlakyNote } from "./findings/finding.ts";
import type { Exchange } from "./http/exchange.ts";
import type { Report } from "./run/report.ts";

/** Everything that happens in a run, in order. Reporters listen. */
export type ConformanceEvent =
  | {
      readonly type: "started";
      readonly baseUrl: string;
      readonly contractVersion: string;
      readonly seed: number;
      readonly runId: string;
    }
  | { readonly type: "phase-started"; readonly phase: string; readonly title: string }
  | { readonly type: "exchange"; readonly operationId: OperationId | undefined; readonly exchange: Exchange }
  | {
      readonly type: "scenario-ended";
      readonly phase: string;
      readonly scenario: string;
      readonly outcome: "passed" | "failed";
    }
  | { readonly type: "not-run"; readonly phase: string; readonly scenario: string; readonly reason: string }
  | { readonly type: "finding"; readonly finding: Finding }
  | { readonly type: "flaky"; readonly note: FlakyNote }
  | { readonly type: "phase-ended"; readonly phase: string; readonly ms: number }
  | { readonly type: "ended"; readonly report: Report };

export type Listener = (event: ConformanceEvent) => void;
