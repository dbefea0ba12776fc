import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { concurrency } from "../src/phases/concurrency/concurrency.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { delayWrites } from "./support/delay-writes.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

describe("simultaneous writes", () => {
  it.each([
    [1, "full", 45],
    [2, "quick", 11],
    [3, "quick", 11],
  ] as const)("have an order on the server, seed %i, %s", async (seed, profile, scenarios) => {
    const report = await runConformance({ target: server.target, phases: [concurrency], seed, profile });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.scenarios).toBe(scenarios);
  });

  it.each([4, 5])("have an order on a server that shows them later, seed %i", async (seed) => {
    const target = await delayWrites(server.target, 200);
    const report = await runConformance({ target, phases: [concurrency], seed });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.scenarios).toBe(11);
    expect(report.lag?.p50Ms).toBeGreaterThan(50);
  });
});
