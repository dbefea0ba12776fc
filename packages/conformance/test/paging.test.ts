import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paging } from "../src/phases/paging/paging.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { delayWrites } from "./support/delay-writes.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

describe("paging", () => {
  it.each([1, 2, 3])("has no finding on the server, seed %i", async (seed) => {
    const report = await runConformance({ target: server.target, phases: [paging], seed });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.scenarios).toBe(14);
  });

  it.each([4, 5])("has no finding on a server that shows writes later, seed %i", async (seed) => {
    const target = await delayWrites(server.target, 200);
    const report = await runConformance({ target, phases: [paging], seed });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.scenarios).toBe(14);
  });
});
