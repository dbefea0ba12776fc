import type { OperationId } from "@memory-api/types";
import type { Exchange } from "../../src/http/exchange.ts";
import { PHASES } from "../../src/phases/phases.ts";
import { type RunOptions, runConformance } from "../../src/run/run-conformance.ts";

/** An exchange of a run, and the operation that it was checked against. */
export interface RecordedExchange {
  readonly operationId: OperationId | undefined;
  readonly exchange: Exchange;
}

/** Runs the kit with one scenario at a time, and records its traffic. */
export async function record(options: Pick<RunOptions, "target" | "only" | "skip">) {
  const traffic: RecordedExchange[] = [];
  const report = await runConformance({
    seed: 1,
    runId: "recorded",
    phases: PHASES.map((phase) => ({ ...phase, concurrency: 1 })),
    listeners: [(event) => event.type === "exchange" && traffic.push(event)],
    ...options,
  });
  return { report, traffic };
}
