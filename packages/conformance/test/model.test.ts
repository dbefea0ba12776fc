import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { model } from "../src/phases/model/model.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { delayWrites } from "./support/delay-writes.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

describe("the model", () => {
  it.each([
    [1, "full", 130],
    [2, "quick", 50],
    [3, "quick", 50],
  ] as const)("agrees with the server, seed %i, %s", async (seed, profile, scenarios) => {
    const report = await runConformance({ target: server.target, phases: [model], seed, profile });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.scenarios).toBeGreaterThanOrEqual(scenarios);
  });

  it.each([4, 5])("agrees with a server that shows writes later, seed %i", async (seed) => {
    const target = await delayWrites(server.target, 200);
    const report = await runConformance({ target, phases: [model], seed });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.scenarios).toBeGreaterThanOrEqual(40);
  });
});
