import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/process/create-sandbox.ts";
import { callOf, createImport, person } from "./call-sandbox.ts";
import { serveSandbox } from "./serve-sandbox.ts";

describe("the recorded requests", () => {
  it("contain the request and the response", async () => {
    await using sandbox = await createSandbox();
    const created = await callOf(sandbox)("POST", "", person("ada@example.com"), { "X-Own": "1" });
    expect(sandbox.requests.exchanges()).toEqual([
      {
        time: "2026-01-01T00:00:00.000Z",
        method: "POST",
        path: `/v1/Stores/${sandbox.storeId}/Profiles`,
        operationId: "createProfile",
        request: {
          headers: expect.objectContaining({ "x-own": "1", "content-type": "application/json" }),
          body: person("ada@example.com"),
        },
        response: {
          status: 202,
          headers: expect.objectContaining({ "content-type": "application/json; charset=utf-8" }),
          body: created.body,
        },
      },
    ]);
  });

  it("contain a request over the network whose body is rejected", async () => {
    await using served = await serveSandbox();
    const { call } = served;
    await call("POST", "", { traits: { Contact: { email: "ada@example.com" } }, wrong: true });
    await call("POST", "", person("x".repeat(100_000)));
    const { requests } = (await call("GET", "/__sandbox/requests")).body;
    expect(requests).toMatchObject([
      { request: { body: { wrong: true } }, response: { status: 400, body: { code: 520046 } } },
      { operationId: "createProfile", response: { status: 400 } },
    ]);
    expect(JSON.stringify(requests).length).toBeLessThan(10_000);
  });

  it("contain no secret", async () => {
    await using sandbox = await createSandbox();
    const { importId, url } = await createImport(sandbox, 10);
    const token = new URL(url).searchParams.get("token") ?? "";
    await sandbox.fetch(url, { method: "PUT", headers: { Cookie: "session=abc", Referer: url }, body: "0123456789" });
    await callOf(sandbox)("POST", "", { url });
    await sandbox.fetch(url.replace("?", "?first=1&"), { method: "PUT", body: "0123456789" });
    const text = JSON.stringify(sandbox.requests.exchanges());
    const { apiKey, apiSecret } = sandbox.credentials;
    const basic = Buffer.from(`${apiKey}:${apiSecret}`).toString("base64");
    for (const secret of [token, basic, "session=abc"]) expect(text).not.toContain(secret);
    expect(sandbox.requests.exchanges()).toMatchObject([
      { request: { headers: { authorization: "[redacted]" } }, response: { body: { importId } } },
      { path: `/uploads/${importId}?token=[redacted]`, request: { headers: { cookie: "[redacted]" } } },
      { request: { body: { url: `${sandbox.url}/uploads/${importId}?token=[redacted]` } } },
      { path: `/uploads/${importId}?first=1&token=[redacted]` },
    ]);
  });

  it("contain requests without a response, and those that are not for an operation", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    await call("GET", "", undefined, { "Memory-Sandbox-Fault": "reset" }).catch(() => {});
    await call("GET", "/nowhere?a=1");
    const [reset, nowhere] = sandbox.requests.exchanges();
    expect(reset).not.toHaveProperty("response");
    expect(nowhere).toMatchObject({ path: "/nowhere?a=1", response: { status: 404 } });
    expect(nowhere).not.toHaveProperty("operationId");
  });

  it("contain the complete response that a fault truncated", async () => {
    await using sandbox = await createSandbox();
    const headers = { "Memory-Sandbox-Fault": "truncate" };
    await expect(callOf(sandbox)("GET", "", undefined, headers)).rejects.toThrow("terminated");
    expect(sandbox.requests.exchanges()).toMatchObject([{ response: { status: 200, body: { profiles: [] } } }]);
  });

  it("are the last 1000, and can be cleared", async () => {
    await using sandbox = await createSandbox();
    for (let at = 0; at < 1002; at++) await (await sandbox.fetch(`${sandbox.url}/health/live?${at}`)).text();
    const exchanges = sandbox.requests.exchanges();
    expect([exchanges.length, exchanges[0]?.path]).toEqual([1000, "/health/live?2"]);
    sandbox.requests.clear();
    expect(sandbox.requests.exchanges()).toEqual([]);
  });
});
