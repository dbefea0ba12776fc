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
  it("has no finding on the server", async () => {
    const report = await runConformance({ target: server.target, phases: [paging], seed: 3 });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.scenarios).toBe(14);
  });

  it("has no finding on a server that shows writes later", async () => {
    const target = await delayWrites(server.target, 200);
    const report = await runConformance({ target, phases: [paging], seed: 4 });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notes).toEqual([]);
    expect(report.scenarios).toBe(14);
  });
});
