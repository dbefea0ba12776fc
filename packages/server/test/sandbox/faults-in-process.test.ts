import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/create-sandbox.ts";
import type { PlannedFault } from "../../src/sandbox/faults/faults.ts";
import { callOf, createImport, person } from "./call-sandbox.ts";

describe("faults of a sandbox", () => {
  it("leave it unknown whether a request took effect, or make sure that it did not", async () => {
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

  it("are the contract's own answers", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const refused = await call("GET", "", undefined, { "Memory-Sandbox-Fault": "status=429" });
    expect(refused).toMatchObject({ status: 429, headers: { "retry-after": "1" }, body: { code: 20429, status: 429 } });
    const down = await call("POST", "", person("ada@example.com"), { "Memory-Sandbox-Fault": "status=503" });
    expect(down).toMatchObject({ status: 503, body: { code: 20503, status: 503 } });
  });

  it("can lose the answer to an upload that arrived", async () => {
    await using sandbox = await createSandbox();
    const csv = "email,firstName\nlin@example.com,Lin\n";
    const { url } = await createImport(sandbox, csv.length);
    const upload = () => sandbox.fetch(url, { method: "PUT", headers: { "Content-Type": "text/csv" }, body: csv });
    sandbox.faults.setPlan([{ operationId: "uploadImportFile", times: 1, fault: { kind: "truncate" } }]);
    await expect(upload()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
    expect((await upload()).status).toBe(409);
  });

  it("hold nothing up any longer once the sandbox is reset", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    sandbox.faults.setPlan([{ times: 1, fault: { kind: "latency", ms: 600_000 } }]);
    const held = call("POST", "", person("ada@example.com")).catch(({ cause }) => cause);
    await expect.poll(() => sandbox.faults.fired().length).toBe(1);
    await sandbox.reset();
    expect(await held).toMatchObject({ code: "ECONNRESET" });
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
  });

  it.each([
    ["an unknown kind", { fault: Object({ kind: "explode" }) }, "/plan/1/fault/kind: must be one of status, latency,"],
    ["an unknown status", { fault: Object({ kind: "status", status: 500 }) }, "/plan/1/fault/status: must be one of"],
    ["a misspelt property", Object({ time: 1, fault: { kind: "reset" } }), "/plan/1/time: unknown property"],
  ])("are refused, and the plan stays, for %s", async (_name, mistaken, message) => {
    await using sandbox = await createSandbox();
    const plan: PlannedFault[] = [{ times: 1, fault: { kind: "reset" } }];
    sandbox.faults.setPlan(plan);
    expect(() => sandbox.faults.setPlan([{ fault: { kind: "reset" } }, mistaken])).toThrow(message);
    expect(sandbox.faults.plan()).toEqual(plan);
  });
});
