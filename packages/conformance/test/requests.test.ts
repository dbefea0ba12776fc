import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requests } from "../src/phases/requests/requests.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

describe("the requests phase", () => {
  it.each([1, 2])("has no finding on the server of this project with seed %i", async (seed) => {
    const report = await runConformance({ target: server.target, seed, phases: [requests] });
    console.log(report.requests, report.scenarios, report.ms);
    expect(
      report.findings.map(
        (f) =>
          `${f.code} ${f.operationId} ${f.subject} ${f.expected} ${f.received} ${String(f.exchanges.at(-1)?.request.body).slice(0, 300)}`,
      ),
    ).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notRun).toEqual([]);
  });
});
