import { runConformance } from "../../src/run/run-conformance.ts";
import type { Phase } from "../../src/scenarios/scenario.ts";
import type { Target } from "../../src/target.ts";
import { type Fault, startFaultyProxy } from "./faulty-proxy.ts";

/** Runs a phase against a faulty server. @returns the code, operation and subject of each finding, in alphabetical order */
export async function findingsWith(target: Target, phase: Phase, fault: Fault, only: string[] = []): Promise<string[]> {
  const proxy = await startFaultyProxy(target, fault);
  try {
    const report = await runConformance({ target: proxy.target, seed: 1, phases: [phase], only });
    if (report.flaky.length > 0) throw new Error(`Flaky: ${JSON.stringify(report.flaky)}`);
    return report.findings
      .map(({ code, operationId, subject }) =>
        [code, operationId, subject].filter((each) => each !== undefined).join(" | "),
      )
      .sort();
  } finally {
    await proxy.stop();
  }
}
