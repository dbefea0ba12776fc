import { readFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";
import { addObservation } from "../../src/http/observation.ts";
import { Metrics } from "../../src/observation/metrics.ts";
import { Readiness } from "../../src/observation/readiness.ts";
import { importEnd } from "../security/fetch-import.ts";
import { startWholeServer } from "../security/whole-server.ts";
import { createImport, createProfile, profilesOf, uploadOf } from "../support/requests.ts";
import type { Request } from "../support/send-request.ts";
import { foreignStoreId, logins, settingsForTests, storeId } from "../support/settings-for-tests.ts";
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
  return new Metrics({
    settings: settingsForTests,
    readiness,
    backlog: () => ({ commands: 0, bytes: 0, oldestMs: 0 }),
  });
}

describe("a request", () => {
  it("is logged with its operation and its status, but without its URL", async () => {
    const { app, log } = observedApp();
    const { headers } = await app.inject("/profiles?token=secret");
    expect(headers["x-request-id"]).toBe("the request");
    const ms = expect.any(Number);
    const request = { operation: "listProfiles", method: "GET", status: 206, ms };
    expect(log()).toMatchObject([{ level: "info", reqId: "the request", msg: "request completed", ...request }]);
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

describe("the log of a server", () => {
  const [account] = logins.ownerAccount;

  /** The line of the only request, without what differs from run to run. */
  async function lineOf(request: Request, changes: Partial<Settings> = {}) {
    const server = await startWholeServer(changes);
    await server.send(request);
    await server.close();
    const lines = server.log.map((line) => JSON.parse(line)).filter(({ reqId }) => reqId !== undefined);
    expect(lines).toHaveLength(1);
    const { time, reqId, ms, ...rest } = lines[0];
    expect(new Date(time).toISOString()).toBe(time);
    expect([typeof reqId, typeof ms]).toEqual(["string", "number"]);
    return rest;
  }

  it("has one line for each request, with its operation, its account and its store", async () => {
    expect(await lineOf({ method: "GET", target: profilesOf(storeId) })).toEqual({
      level: "info",
      msg: "request completed",
      operation: "listProfiles",
      account,
      store: storeId,
      method: "GET",
      status: 200,
    });
  });

  it("has the fields of the example in docs/operations.md", async () => {
    const page = await readFile(new URL("../../../../docs/operations.md", import.meta.url), "utf8");
    const [, example = "{}"] = /^```json\n(.*?)^```$/ms.exec(page) ?? [];
    const server = await startWholeServer();
    await createProfile(server);
    await server.close();
    const line = server.log.map((text) => JSON.parse(text)).find(({ operation }) => operation === "createProfile");
    const { time, reqId, ms, ...constant } = JSON.parse(example);
    expect(line).toMatchObject(constant);
    expect(Object.keys(line)).toEqual(Object.keys(JSON.parse(example)));
  });

  it("names no account before the credentials are checked", async () => {
    const line = await lineOf({ method: "GET", target: profilesOf(storeId), as: [account, "wrong"] });
    expect(line).toMatchObject({ operation: "listProfiles", status: 401 });
    expect(line).not.toHaveProperty("account");
    expect(line).not.toHaveProperty("store");
  });

  it("names the account that is over its rate limit", async () => {
    const server = await startWholeServer({ rateLimits: { read: { perSecond: 0.001, burst: 1 } } });
    await server.send({ method: "GET", target: profilesOf(storeId) });
    expect(await server.send({ method: "GET", target: profilesOf(storeId) })).toMatchObject({ status: 429 });
    await server.close();
    expect(server.log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ status: 429, account }),
    );
  });

  it("names the account that asked for a store of another account, but not the store", async () => {
    const line = await lineOf({ method: "GET", target: profilesOf(foreignStoreId) });
    expect(line).toMatchObject({ status: 403, account });
    expect(line).not.toHaveProperty("store");
  });

  it("names the account and the store of an upload, and of its import", async () => {
    const server = await startWholeServer();
    const created = await createImport(server);
    await server.send(uploadOf(created));
    await importEnd(server, created);
    await server.close();
    const lines = server.log.map((line) => JSON.parse(line));
    const owned = { account, store: storeId };
    expect(lines).toContainEqual(expect.objectContaining({ operation: "uploadImportFile", status: 200, ...owned }));
    const { importId } = created;
    const ended = { importId, kind: "ended", status: "COMPLETED" };
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: "import ended", ...owned, import: expect.objectContaining(ended) }),
    );
  });

  it("names nobody for an upload with a forged token", async () => {
    const target = `/uploads/mem_import_01kjpx9gbsf34a7d8j2y8hjkqv?token=forged`;
    const line = await lineOf({ method: "PUT", target, body: "a", as: "nobody" });
    expect(line).toEqual({
      level: "info",
      msg: "request completed",
      operation: "uploadImportFile",
      method: "PUT",
      status: 403,
    });
  });
});

it("Without metrics, there is no route for them", async () => {
  const { app } = observedApp();
  expect((await app.inject("/metrics")).statusCode).toBe(404);
});
