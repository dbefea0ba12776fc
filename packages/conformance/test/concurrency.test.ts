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
  // The test of false alarms runs the profile `quick`.
  it("have an order on the server in the profile full", async () => {
    const report = await runConformance({ target: server.target, phases: [concurrency], seed: 3, profile: "full" });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.scenarios).toBe(46);
  });

  it("have an order on a server that shows them later", async () => {
    const target = await delayWrites(server.target, 200);
    const report = await runConformance({ target, phases: [concurrency], seed: 4 });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.scenarios).toBe(12);
    expect(report.lag?.p50Ms).toBeGreaterThan(50);
  });
});
