import { expect, it } from "vitest";
import { model } from "../../src/phases/model/model.ts";
import { runConformance } from "../../src/run/run-conformance.ts";
import { delayWrites } from "../support/delay-writes.ts";
import { startServer } from "../support/start-server.ts";

it("a report says how late writes become visible", async () => {
  const server = await startServer();
  try {
    const target = await delayWrites(server.target, 200);
    const report = await runConformance({ target, phases: [model], only: ["model/merge"], seed: 1 });
    expect(report.scenarios).toBeGreaterThan(0);
    expect(report.lag?.p50Ms).toBeGreaterThan(50);
  } finally {
    await server.stop();
  }
});
