import { afterEach, describe, expect, it } from "vitest";
import { fairness } from "../src/phases/fairness/fairness.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer | undefined;
afterEach(() => server?.stop());

describe("fairness", () => {
  it("is a note about the other account while one is at its limit", async () => {
    server = await startServer({ configuration: { rateLimits: { read: { perSecond: 20, burst: 450 } } } });
    const report = await runConformance({ target: server.target, phases: [fairness], profile: "soak" });
    expect(report.findings).toEqual([]);
    expect(report.notes).toEqual([
      {
        scenario: "fairness/account-at-its-limit",
        text: expect.stringMatching(
          /^While one account was at its limit .* a read of another account took [\d.]+ ms \(idle/,
        ),
      },
    ]);
  });

  it("is not measured outside of a soak", async () => {
    server = await startServer();
    const report = await runConformance({ target: server.target, phases: [fairness], profile: "full" });
    expect(report.requests).toBe(0);
  });
});
