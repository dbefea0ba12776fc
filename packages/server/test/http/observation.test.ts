import { describe, expect, it, onTestFinished, vi } from "vitest";
import { addObservation } from "../../src/http/observation.ts";
import { Metrics } from "../../src/observation/metrics.ts";
import { Readiness } from "../../src/observation/readiness.ts";
import { startWholeServer } from "../security/whole-server.ts";
import { profilesOf } from "../support/requests.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { loggedApp } from "./logged-app.ts";

/** An application with the route of an operation, and a function that returns what it logged. */
function observedApp(metrics?: Metrics) {
  const logged = loggedApp();
  addObservation(logged.app, metrics);
  const config = { operationId: "listProfiles" } as const;
  logged.app.get("/profiles", { config }, async (_request, reply) => reply.code(206).send());
  return logged;
}

function newMetrics(): Metrics {
  const readiness = new Readiness(async () => []);
  onTestFinished(() => readiness.stop());
  return new Metrics(readiness);
}

describe("a request", () => {
  it("is logged with its operation and its status, but without its URL", async () => {
    const { app, log } = observedApp();
    const { headers } = await app.inject("/profiles?token=secret");
    expect(headers["x-request-id"]).toBe("the request");
    const ms = expect.any(Number);
    const request = { operation: "listProfiles", method: "GET", status: 206, ms };
    expect(log()).toMatchObject([{ level: 30, reqId: "the request", msg: "request completed", ...request }]);
    expect(JSON.stringify(log())).not.toContain("secret");
    expect(String(log()[0]?.["ms"])).toMatch(/^\d+(\.\d{1,3})?$/);
  });

  it("is passed on to the hooks that follow", async () => {
    const { app } = observedApp();
    const next = vi.fn(async () => {});
    app.addHook("onResponse", next);
    await app.inject("/profiles");
    expect(next).toHaveBeenCalledOnce();
  });

  it("that no operation received is logged without one", async () => {
    const { app, log } = observedApp();
    await app.inject("/nowhere");
    expect(log()).toContainEqual(expect.objectContaining({ operation: "none", status: 404 }));
  });

  it("is counted with its operation and its status, and its duration in seconds", async () => {
    const { app, log } = observedApp(newMetrics());
    await app.inject("/profiles");
    const { headers, body } = await app.inject("/metrics");
    expect(headers["content-type"]).toMatch(/^text\/plain; version=/);
    const labels = '{operation="listProfiles",status="206"}';
    expect(body).toContain(`memory_request_duration_seconds_count${labels} 1\n`);
    const [, seconds] = body.split(`memory_request_duration_seconds_sum${labels} `);
    expect(Number.parseFloat(`${seconds}`) * 1000).toBeCloseTo(Number(log()[0]?.["ms"]), 2);
  });
});

it("A server logs one line for each request", async () => {
  const server = await startWholeServer();
  await server.send({ method: "GET", target: profilesOf(storeId) });
  const lines = server.log.map((line) => JSON.parse(line)).filter(({ reqId }) => reqId !== undefined);
  expect(lines.map(({ msg }) => msg)).toEqual(["request completed"]);
});

it("Without metrics, there is no route for them", async () => {
  const { app } = observedApp();
  expect((await app.inject("/metrics")).statusCode).toBe(404);
});
