import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clock } from "../../src/phases/clock/clock.ts";
import { imports } from "../../src/phases/imports/imports.ts";
import { rateLimits } from "../../src/phases/rate-limits/rate-limits.ts";
import { workflows } from "../../src/phases/workflows/workflows.ts";
import { type RunOptions, runConformance } from "../../src/run/run-conformance.ts";
import type { Target } from "../../src/target.ts";
import { type StartedServer, startServer } from "../support/start-server.ts";
import { NUMBER_TRAIT, withNumberTrait } from "../support/with-number-trait.ts";

let server: StartedServer;
let target: Target;
beforeAll(async () => {
  server = await startServer({ configuration: withNumberTrait });
  target = { ...server.target, numberTrait: NUMBER_TRAIT };
});
afterAll(() => server?.stop());

const phases = [imports, workflows, clock];
const run = (options: Partial<RunOptions> = {}) => runConformance({ target, phases, profile: "full", ...options });

describe("the phases of imports, workflows and the clock", () => {
  // The test of false alarms runs the profile `quick`, also with writes that become visible later.
  it("have no finding on the server of this project in the profile full", async () => {
    const report = await run({ seed: 1 });
    expect({ findings: report.findings, flaky: report.flaky, notRun: report.notRun }).toEqual({
      findings: [],
      flaky: [],
      notRun: [],
    });
    expect(report.scenarios).toBeGreaterThan(70);
  });

  it("leave the clock of the sandbox as it was", async () => {
    const read = async () => {
      const { now, frozen } = Object(await (await fetch(`${target.controlUrl}/clock`)).json());
      return { ahead: Date.parse(now) - Date.now(), frozen };
    };
    const before = await read();
    await run({ phases: [clock] });
    const after = await read();
    // Every scenario moves it by at least half an hour.
    expect(Math.abs(after.ahead - before.ahead)).toBeLessThan(300_000);
    expect([before.frozen, after.frozen]).toEqual([false, false]);
  });

  it("name the scenarios that need something that the target does not have", async () => {
    const { controlUrl: _, numberTrait: __, ...other } = target;
    const report = await run({ target: other, only: ["clock", "imports/file-unfit-cell"] });
    expect(report.notRun.map(({ scenario }) => scenario)).toEqual([
      "imports/file-unfit-cell",
      "clock/expired-upload",
      "clock/upload-across-expiry",
      "clock/step-back",
    ]);
    expect(report.scenarios).toBe(0);
  });
});

describe("the phase of rate limits", () => {
  it("says that no rate limit was reached", async () => {
    const { findings, notRun } = await run({ phases: [rateLimits] });
    expect([findings, notRun]).toMatchObject([
      [],
      [{ reason: expect.stringMatching(/^no rate limit was reached by \d+ reads/) }],
    ]);
  });

  it("has no finding on a server with a limit", async () => {
    const limited = await startServer({
      configuration: { rateLimits: { read: { perSecond: 2, burst: 40 } } },
    });
    try {
      const report = await run({ phases: [rateLimits], target: limited.target });
      expect([report.findings, report.flaky, report.notRun, report.scenarios]).toEqual([[], [], [], 1]);
    } finally {
      await limited.stop();
    }
  });
});
