import type { OperationId } from "@memory-api/types";
import type { Finding, FlakyNote, Violation } from "./findings/finding.ts";
import type { Exchange } from "./http/exchange.ts";
import type { Report } from "./run/report.ts";

/** An event of a run. Listeners, such as reporters, receive all events in order. */
export type ConformanceEvent =
  | {
      readonly type: "started";
      readonly baseUrl: string;
      readonly contractVersion: string;
      readonly seed: number;
      readonly runId: string;
    }
  | { readonly type: "phase-started"; readonly phase: string; readonly title: string }
  /** Contains the credentials of the request. Findings do not. */
  | { readonly type: "exchange"; readonly operationId: OperationId | undefined; readonly exchange: Exchange }
  | {
      readonly type: "scenario-ended";
      readonly phase: string;
      readonly scenario: string;
      /** `flaky`: a violation did not occur again when the scenario was repeated. */
      readonly outcome: "passed" | "failed" | "flaky";
      /** The code, operation and subject of each confirmed finding. */
      readonly findings: readonly Pick<Violation, "code" | "operationId" | "subject">[];
      readonly ms: number;
    }
  | { readonly type: "not-run"; readonly phase: string; readonly scenario: string; readonly reason: string }
  | { readonly type: "finding"; readonly finding: Finding }
  | { readonly type: "flaky"; readonly note: FlakyNote }
  | { readonly type: "phase-ended"; readonly phase: string; readonly ms: number }
  /** The last event, even of a run that could not be completed. */
  | { readonly type: "ended"; readonly report: Report };

export type Listener = (event: ConformanceEvent) => void;
