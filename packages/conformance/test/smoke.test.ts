import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ConformanceEvent } from "../src/events.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

describe("a run", () => {
  it("has no finding on the server of this project", async () => {
    const events: ConformanceEvent[] = [];
    const report = await runConformance({ target: server.target, listeners: [(event) => events.push(event)] });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.scenarios).toBeGreaterThanOrEqual(3);
    expect(events.at(-1)).toEqual({ type: "ended", report });
  });
});
