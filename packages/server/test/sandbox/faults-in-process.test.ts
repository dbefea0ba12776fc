import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/process/create-sandbox.ts";
import type { PlannedFault } from "../../src/sandbox/faults/faults.ts";
import { callOf, createImport, person } from "./call-sandbox.ts";

describe("faults of a sandbox", () => {
  it("break the connection after or before a request takes effect", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    sandbox.faults.setPlan([
      { operationId: "createProfile", times: 1, fault: { kind: "truncate" } },
      { operationId: "createProfile", times: 1, fault: { kind: "reset" } },
    ]);
    await expect(call("POST", "", person("ada@example.com"))).rejects.toThrow("terminated");
    await expect(call("POST", "", person("grace@example.com"))).rejects.toThrow("fetch failed");
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
    expect(sandbox.faults.fired()).toEqual([
      { time: "2026-01-01T00:00:00.000Z", operationId: "createProfile", fault: { kind: "truncate" } },
      { time: "2026-01-01T00:00:00.000Z", operationId: "createProfile", fault: { kind: "reset" } },
    ]);
  });

  it("deliver the truncated part of a response even if the caller reads it late", async () => {
    await using sandbox = await createSandbox();
    sandbox.faults.setPlan([{ fault: { kind: "truncate", bytes: 5 } }]);
    const response = await sandbox.fetch(`${sandbox.url}/v1/Stores/${sandbox.storeId}/Profiles`);
    for (let turn = 0; turn < 10; turn++) await setImmediate();
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('{"cod');
    await expect(reader?.read()).rejects.toThrow("terminated");
  });

  it("return the errors of the contract", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const rejected = await call("GET", "", undefined, { "Memory-Sandbox-Fault": "status=429" });
    expect(rejected).toMatchObject({
      status: 429,
      headers: { "retry-after": "1" },
      body: { code: 20429, status: 429 },
    });
    const down = await call("POST", "", person("ada@example.com"), { "Memory-Sandbox-Fault": "status=503" });
    expect(down).toMatchObject({ status: 503, body: { code: 20503, status: 503 } });
  });

  it.each([400, 401, 403, 404, 409, 411, 413, 415, 429, 500, 502, 503, 504] as const)(
    "return the status %i with the body of an error, and Retry-After on request",
    async (status) => {
      await using sandbox = await createSandbox();
      const call = callOf(sandbox);
      sandbox.faults.setPlan([{ fault: { kind: "status", status, retryAfter: 7 } }]);
      const response = await call("GET", "");
      expect(response).toMatchObject({ status, headers: { "retry-after": "7" } });
      expect(response.body).toEqual({
        code: expect.any(Number),
        message: expect.any(String),
        more_info: expect.stringContaining("https://"),
        status,
      });
      const header = { "Memory-Sandbox-Fault": `status=${status}` };
      expect((await call("GET", "", undefined, header)).body).toEqual(response.body);
    },
  );

  it("can truncate the response to an upload that took effect", async () => {
    await using sandbox = await createSandbox();
    const csv = "email,firstName\nlin@example.com,Lin\n";
    const { url } = await createImport(sandbox, csv.length);
    const upload = () => sandbox.fetch(url, { method: "PUT", headers: { "Content-Type": "text/csv" }, body: csv });
    sandbox.faults.setPlan([{ operationId: "uploadImportFile", times: 1, fault: { kind: "truncate" } }]);
    await expect(upload()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect((await upload()).status).toBe(409);
  });

  it("delay no request after the sandbox is reset", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    sandbox.faults.setPlan([{ times: 1, fault: { kind: "latency", ms: 600_000 } }]);
    const delayed = call("POST", "", person("ada@example.com")).catch(({ cause }) => cause);
    await expect.poll(() => sandbox.faults.fired().length).toBe(1);
    await sandbox.reset();
    expect(await delayed).toMatchObject({ code: "ECONNRESET" });
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
  });

  it.each([
    ["an unknown kind", { fault: Object({ kind: "explode" }) }, "/plan/1/fault/kind: must be one of status, latency,"],
    ["an unknown status", { fault: Object({ kind: "status", status: 200 }) }, "/plan/1/fault/status: must be one of"],
    ["a misspelt property", Object({ time: 1, fault: { kind: "reset" } }), "/plan/1/time: unknown property"],
  ])("are rejected without changing the plan for %s", async (_name, invalid, message) => {
    await using sandbox = await createSandbox();
    const plan: PlannedFault[] = [{ times: 1, fault: { kind: "reset" } }];
    sandbox.faults.setPlan(plan);
    expect(() => sandbox.faults.setPlan([{ fault: { kind: "reset" } }, invalid])).toThrow(message);
    expect(sandbox.faults.plan()).toEqual(plan);
  });
});
