import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { concurrency } from "../src/phases/concurrency/concurrency.ts";
import { model } from "../src/phases/model/model.ts";
import { paging } from "../src/phases/paging/paging.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type Fault, startFaultyProxy } from "./support/faulty-proxy.ts";
import { ACCEPTED, profileRequest } from "./support/profile-request.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

const isSoak = process.env["SOAK"] === "1";
let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** Requests overtake each other on their way, in both directions. */
const slowNetwork: Fault = async (_, forward) => {
  await delay(Math.random() * 8);
  const response = await forward();
  await delay(Math.random() * 8);
  return response;
};

/** A batch is applied after its response. */
const queuedBatches: Fault = async (request, forward) => {
  const { kind } = profileRequest(request);
  if (kind !== "bulk" || !Object(request.json).profiles.every(hasIdentifier)) return forward();
  void delay(100).then(() => forward());
  return ACCEPTED;
};

function hasIdentifier(item: unknown): boolean {
  const traits = Object(Object(Object(item).traits).Contact);
  return "email" in traits || "phone" in traits;
}

describe("a correct implementation", () => {
  it("may be behind a slow network", async () => {
    const report = await runBehind(slowNetwork, [...(isSoak ? [model] : []), concurrency, paging], 1, true);
    expect([report.findings, report.flaky, report.notes]).toEqual([[], [], []]);
  });

  it("may apply batches later", async () => {
    const report = await runBehind(queuedBatches, [model], 3, false);
    expect([report.findings, report.flaky, report.notes]).toEqual([[], [], []]);
  });
});

async function runBehind(
  fault: Fault,
  phases: Parameters<typeof runConformance>[0]["phases"] & {},
  seed: number,
  isImmediate: boolean,
) {
  const proxy = await startFaultyProxy(server.target, fault);
  try {
    return await runConformance({ target: { ...proxy.target, isImmediate }, seed, phases });
  } finally {
    await proxy.stop();
  }
}
