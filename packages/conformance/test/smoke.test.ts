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
  it("has no finding on the server of this project, and ends with its report", async () => {
    const events: ConformanceEvent[] = [];
    const listeners = [(event: ConformanceEvent) => events.push(event)];
    const report = await runConformance({ target: server.target, only: ["smoke"], listeners });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.scenarios).toBeGreaterThanOrEqual(3);
    expect(events.at(-1)).toEqual({ type: "ended", report });
  });
});
