import fastify from "fastify";
import { expect, it, onTestFinished } from "vitest";
import { addHealthRoutes } from "../../src/http/health-routes.ts";
import { Readiness } from "../../src/observation/readiness.ts";

const backlog = { commands: 1, bytes: 2, oldestMs: 3 };

it.each([
  { when: "while the server is ready", isReady: true, code: 200, status: "ready" },
  { when: "after it starts to stop", isReady: false, code: 503, status: "unavailable" },
])("The health of a server is reported $when", async ({ isReady, code, status }) => {
  const readiness = new Readiness(async () => []);
  onTestFinished(() => readiness.stop());
  if (!isReady) readiness.stop();
  const app = fastify();
  addHealthRoutes(app, readiness, () => backlog);
  const get = async (path: string) => {
    const { statusCode, body } = await app.inject(path);
    return [statusCode, JSON.parse(body)];
  };
  expect(await get("/health/live")).toEqual([200, { status: "live" }]);
  expect(await get("/health/ready")).toEqual([code, { status }]);
  expect(await get("/health")).toEqual([code, { status, backlog }]);
});

it("The health of a server on a cluster names each node", async () => {
  const nodes = [
    { id: 2, isAvailable: true },
    { id: 3, isAvailable: false },
  ];
  const readiness = new Readiness(async () => nodes, undefined, nodes);
  onTestFinished(() => readiness.stop());
  const app = fastify();
  addHealthRoutes(app, readiness, () => backlog);
  const { statusCode, body } = await app.inject("/health");
  const statuses = [
    { id: 2, status: "ready" },
    { id: 3, status: "unavailable" },
  ];
  expect([statusCode, JSON.parse(body)]).toEqual([200, { status: "ready", backlog, nodes: statuses }]);
  expect((await app.inject("/health/ready")).json()).toEqual({ status: "ready" });
});
