import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { model } from "../src/phases/model/model.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

describe("the model", () => {
  // The test of false alarms runs the profile `quick`, also with writes that become visible later.
  it("agrees with the server in the profile full", async () => {
    const report = await runConformance({ target: server.target, phases: [model], seed: 3, profile: "full" });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.scenarios).toBeGreaterThanOrEqual(130);
  });
});
