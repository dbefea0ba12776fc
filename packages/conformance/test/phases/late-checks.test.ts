import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clock } from "../../src/phases/clock/clock.ts";
import { CLOCK_CHECKS } from "../../src/phases/clock/clock-checks.ts";
import { rateLimits } from "../../src/phases/rate-limits/rate-limits.ts";
import { RATE_LIMITS_CHECKS } from "../../src/phases/rate-limits/rate-limits-checks.ts";
import { workflows } from "../../src/phases/workflows/workflows.ts";
import { WORKFLOWS_CHECKS } from "../../src/phases/workflows/workflows-checks.ts";
import { runConformance } from "../../src/run/run-conformance.ts";
import type { Phase } from "../../src/scenarios/scenario.ts";
import type { Target } from "../../src/target.ts";
import { errorResponse } from "../support/errors.ts";
import { type Fault, startFaultyProxy } from "../support/faulty-proxy.ts";
import { ProxiedResponse, withJson } from "../support/proxied-messages.ts";
import { type StartedServer, startServer } from "../support/start-server.ts";

let server: StartedServer;
let target: Target;
beforeAll(async () => {
  server = await startServer();
  target = { ...server.target, importWithinMs: 500, eventualWithinMs: 200 };
});
afterAll(() => server?.stop());

/** Whether the clock of the sandbox shows an earlier time than the machine. */
async function isSetBack(): Promise<boolean> {
  const { now } = Object(await (await fetch(`${target.controlUrl}/clock`)).json());
  return Date.parse(now) < Date.now() - 60_000;
}

/** Rejects reads for a while, whenever a few were let through. */
function limit(retryAfter: string, forMs: number): Fault {
  let count = 0;
  let until = 0;
  return async (_, forward) => {
    if (performance.now() < until) return errorResponse(429).withHeader("Retry-After", retryAfter);
    if (++count % 10 === 0) until = performance.now() + forMs;
    return forward();
  };
}

/** Each code, where it is found, and an implementation that breaks only this rule. */
const FAULTS: readonly (readonly [code: string, phase: Phase, scenario: string, fault: () => Fault])[] = [
  ["retry-after-too-short", rateLimits, "", () => limit("0", 4000)],
  ["invalid-header", rateLimits, "", () => limit("Sun, 06 Nov 1994 08:49:37 GMT", 2000)],
  ["invalid-header", rateLimits, "", () => limit("1.5", 2000)],
  ["invalid-header", rateLimits, "", () => limit("", 2000)],
  [
    "expired-upload-accepted",
    clock,
    "expired-upload",
    () => async (request, forward) => {
      const response = await forward();
      return request.method === "PUT" && response.status === 403 ? new ProxiedResponse(200) : response;
    },
  ],
  [
    "expired-upload-accepted",
    clock,
    "upload-across-expiry",
    () => async (request, forward) => {
      const response = await forward();
      return request.method === "PUT" && response.status === 403 ? new ProxiedResponse(200) : response;
    },
  ],
  [
    "expired-import-not-failed",
    clock,
    "expired-upload",
    () => async (request, forward) => {
      const response = await forward();
      if (!request.target.includes("/Imports/")) return response;
      return withJson(response, (json) => ({ ...json, status: "COMPLETED" }));
    },
  ],
  [
    "clock-step-rejected",
    clock,
    "step-back",
    () => async (request, forward) =>
      request.method === "GET" && (await isSetBack())
        ? errorResponse(429).withHeader("Retry-After", "3600")
        : forward(),
  ],
  [
    "clock-step-reorders",
    clock,
    "step-back",
    () => async (request, forward) =>
      request.method === "PATCH" && (await isSetBack()) ? forward({ body: JSON.stringify({ traits: {} }) }) : forward(),
  ],
  [
    "clock-step-reorders",
    clock,
    "step-back",
    () => async (request, forward) =>
      request.method === "GET" && (await isSetBack())
        ? forward({ target: request.target.replace("DESC", "ASC") })
        : forward(),
  ],
  [
    "workflow-step-failed",
    workflows,
    "profile-life",
    () => async (request, forward) => {
      const response = await forward();
      const isFetch = request.method === "GET" && response.status === 200;
      return isFetch ? withJson(response, (json) => ({ ...json, traits: {} })) : response;
    },
  ],
  [
    "workflow-step-failed",
    workflows,
    "import-csv",
    () => async (request, forward) => {
      const response = await forward();
      return request.method === "PUT" && response.status === 409 ? new ProxiedResponse(200) : response;
    },
  ],
];

describe("the checks of rate limits, the clock and workflows", () => {
  it.each(FAULTS)("find %s", async (code, phase, scenario, fault) => {
    const proxy = await startFaultyProxy(target, fault());
    try {
      const only = scenario === "" ? [] : [`${phase.name}/${scenario}`];
      const options = { target: proxy.target, phases: [phase], seed: 1, profile: "full", only } as const;
      const report = await runConformance(options);
      expect(report.findings.map((finding) => finding.code)).toEqual([code]);
    } finally {
      await proxy.stop();
    }
  });

  it("report a control API that does not work as a problem of the environment", async () => {
    const options = { target: { ...target, controlUrl: `${target.baseUrl}/no-such-route` }, phases: [clock], seed: 1 };
    const { findings } = await runConformance(options);
    expect(findings).toMatchObject([{ code: "control-api-failed", severity: "warning", blame: "environment" }]);
  });

  it("are all among these", () => {
    const codes = [...RATE_LIMITS_CHECKS, ...CLOCK_CHECKS, ...WORKFLOWS_CHECKS].map(({ code }) => code);
    const found = new Set(["control-api-failed", ...FAULTS.map(([code]) => code)]);
    expect(codes.filter((code) => !found.has(code))).toEqual([]);
  });
});

describe("a failed workflow", () => {
  it("is reported with its step, the condition and the requests", async () => {
    const fault: Fault = async (request, forward) => (request.method === "DELETE" ? errorResponse(403) : forward());
    const proxy = await startFaultyProxy(target, fault);
    try {
      const options = { target: proxy.target, phases: [workflows], seed: 1, only: ["workflows/profile-life"] };
      const { findings } = await runConformance(options);
      expect(findings).toMatchObject([
        {
          expected: expect.stringMatching(/^in step delete-\S+ of profile-life: .*\$statusCode == 202/),
          received: expect.stringContaining("status 403"),
        },
      ]);
      expect(findings[0]?.exchanges.at(-1)?.request).toMatchObject({
        method: "DELETE",
        url: expect.stringContaining(proxy.target.baseUrl),
      });
    } finally {
      await proxy.stop();
    }
  });

  it("counts its requests, so that a run keeps its limit", async () => {
    const options = { target, phases: [workflows], seed: 1, only: ["workflows/profile-life"], maxRequests: 3 };
    const { findings, notRun, requests } = await runConformance(options);
    expect([findings, requests]).toEqual([[], 3]);
    expect(notRun).toMatchObject([
      { scenario: "workflows/profile-life", reason: "The limit of 3 requests is reached." },
    ]);
  });
});
