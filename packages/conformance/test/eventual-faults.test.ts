import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { concurrency } from "../src/phases/concurrency/concurrency.ts";
import { model } from "../src/phases/model/model.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type Fault, startFaultyProxy } from "./support/faulty-proxy.ts";
import { ACCEPTED, bodyWith, profileRequest, whileWriting } from "./support/profile-request.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** By what is wrong: the code, the scenarios that find it, and the fault. */
const FAULTS: Readonly<Record<string, readonly [code: string, scenario: string, fault: Fault]>> = {
  "a PATCH that is never applied": [
    "lost-write",
    "model/patch-is-visible",
    async (request, forward) => (profileRequest(request).kind === "patch" ? ACCEPTED : forward()),
  ],
  "a deletion that is never applied": [
    "deleted-profile-visible",
    "model/deleted-is-gone",
    async (request, forward) => (profileRequest(request).kind === "delete" ? ACCEPTED : forward()),
  ],
  "a merge that is never applied": [
    "duplicate-profiles",
    "concurrency/two-identifiers",
    (request, forward) => {
      const { kind, traits } = profileRequest(request);
      const { phone: _, ...rest } = traits;
      return kind === "create" && traits["email"] !== undefined ? forward(bodyWith(rest)) : forward();
    },
  ],
  "a PATCH that is lost during other writes": [
    "impossible-state",
    "concurrency/history",
    whileWriting(async (isBusy, request, forward) =>
      isBusy && profileRequest(request).kind === "patch" ? ACCEPTED : forward(),
    ),
  ],
};

describe("a run that waits until writes are visible", () => {
  it.each(Object.entries(FAULTS))("finds %s", async (_, [code, scenario, fault]) => {
    const proxy = await startFaultyProxy(server.target, fault);
    const target = { ...proxy.target, isImmediate: false, eventualWithinMs: 200 };
    const report = await runConformance({ target, seed: 1, phases: [model, concurrency], only: [scenario] });
    await proxy.stop();
    expect(report.findings.map((finding) => finding.code)).toContain(code);
  });
});
