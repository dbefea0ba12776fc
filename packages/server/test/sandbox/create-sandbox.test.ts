import { patterns, type StoreId } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { createSandbox, type SandboxOptions } from "../../src/process/create-sandbox.ts";
import { callEveryOperation, statusesOf } from "./call-every-operation.ts";
import { callOf, createImport, importFile, person } from "./call-sandbox.ts";

describe("a sandbox in process", () => {
  it("is a complete Memory API, at a host that no network resolves", async () => {
    await using sandbox = await createSandbox();
    expect(sandbox.url).toBe("http://memory.invalid");
    expect(sandbox.storeId).toBe("mem_store_00000000000000000000000000");
    const responses = await callEveryOperation(sandbox);
    expect(statusesOf(responses)).toEqual([
      202,
      202,
      400,
      202,
      202,
      301,
      200,
      200,
      200,
      200,
      200,
      200,
      202,
      404,
      undefined,
    ]);
  });

  it("produces the same bytes for the same seed and the same requests", async () => {
    await using one = await createSandbox({ seed: "one" });
    await using same = await createSandbox({ seed: "one" });
    await using other = await createSandbox({ seed: "two" });
    const responses = await callEveryOperation(one);
    expect(await callEveryOperation(same)).toEqual(responses);
    const others = await callEveryOperation(other);
    expect(statusesOf(others)).toEqual(statusesOf(responses));
    expect(others).not.toEqual(responses);
  });

  it("starts at the given time, with a frozen clock", async () => {
    await using sandbox = await createSandbox({ now: new Date("2030-05-06T07:08:09.123Z") });
    const call = callOf(sandbox);
    const created = await call("POST", "", person("ada@example.com"));
    expect(created.headers["date"]).toBe("Mon, 06 May 2030 07:08:09 GMT");
    const fetched = await call("GET", String(created.body["id"]));
    expect(fetched.body["createdAt"]).toBe("2030-05-06T07:08:09.123Z");
    expect(sandbox.clock.now()).toBe(Date.parse("2030-05-06T07:08:09.123Z"));
  });

  it("has the given stores", async () => {
    const id = "mem_service_00000000000000000000000007";
    const stores: SandboxOptions["stores"] = [
      {
        id,
        traitGroups: { Pet: { traits: { chip: { dataType: "NUMBER", idTypePromotion: "chip" } } } },
        identifierTypes: { chip: { normalization: "none" } },
      },
    ];
    await using sandbox = await createSandbox({ stores });
    expect(sandbox.storeId).toBe(id);
    const call = callOf(sandbox);
    expect((await call("POST", "", { traits: { Pet: { chip: 7 } } })).status).toBe(202);
    expect((await call("POST", "", person("ada@example.com"))).body).toMatchObject({ code: 520047 });
  });

  it("rejects invalid options, by their names", async () => {
    const stores: SandboxOptions["stores"] = [{ id: "mem_store_1" }];
    await expect(createSandbox({ stores })).rejects.toThrow("\n/stores/0/id: must match");
    await expect(createSandbox({ url: "localhost" })).rejects.toThrow("\n/url: must match pattern");
    await expect(createSandbox({ url: "http://localhost/" })).rejects.toThrow("\n/url: must be an origin");
    await expect(createSandbox({ seed: "" })).rejects.toThrow("\n/seed: must NOT have fewer than 1 characters");
    await expect(createSandbox({ now: Number.NaN })).rejects.toThrow(
      "cannot be set to NaN: its times are from 1970 to 2199",
    );
  });

  it("rejects unknown options, and lists its own", async () => {
    const options: object = { store: [], port: 4010 };
    await expect(createSandbox(options)).rejects.toMatchObject({
      name: "ConfigurationError",
      message: `The configuration of the sandbox is invalid.
/store: is not an option; the options are seed, now, url, stores, rateLimits, log
/port: is not an option; the options are seed, now, url, stores, rateLimits, log`,
    });
  });

  it("provides the options of a client, and a store ID with the type of a client", async () => {
    await using sandbox = await createSandbox({ url: "https://memory.example.com" });
    expect(sandbox.clientOptions).toEqual({
      baseUrl: "https://memory.example.com",
      credentials: sandbox.credentials,
      fetch: sandbox.fetch,
    });
    const storeId: StoreId = sandbox.storeId;
    expect(storeId).toMatch(patterns.StoreId);
  });

  it("uses the given URL in its responses", async () => {
    await using sandbox = await createSandbox({ url: "https://memory.example.com" });
    expect((await createImport(sandbox, 10)).url).toMatch(/^https:\/\/memory\.example\.com\/uploads\//);
  });

  it("receives every request, regardless of the host", async () => {
    await using sandbox = await createSandbox();
    const response = await sandbox.fetch("https://memory.twilio.com/health/live");
    expect(await response.json()).toEqual({ status: "live" });
    expect(response.url).toBe("https://memory.twilio.com/health/live");
  });

  it("redirects to the canonical profile", async () => {
    await using sandbox = await createSandbox();
    const [id, merged] = ["mem_profile_00000000000000000000000001", "mem_profile_00000000000000000000000002"];
    await sandbox.seed({ profiles: [{ id, ...person("ada@example.com"), mergedIds: [merged] }] });
    const { apiKey, apiSecret } = sandbox.credentials;
    const profiles = `${sandbox.url}/v1/Stores/${sandbox.storeId}/Profiles`;
    const response = await sandbox.fetch(`${profiles}/${merged}`, {
      headers: { Authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}` },
    });
    expect([response.status, response.redirected, response.url]).toEqual([200, true, `${profiles}/${id}`]);
    expect(await response.json()).toMatchObject({ id });
  });

  it("can replace the live service if requests to it are intercepted", async () => {
    const url = "https://memory.twilio.com";
    await using sandbox = await createSandbox({ url });
    const intercepted = (request: Request) => sandbox.fetch(request, { redirect: "manual" });
    const [id, merged] = ["mem_profile_00000000000000000000000001", "mem_profile_00000000000000000000000002"];
    await sandbox.seed({ profiles: [{ id, ...person("ada@example.com"), mergedIds: [merged] }] });
    const { apiKey, apiSecret } = sandbox.credentials;
    const headers = { Authorization: `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}` };
    const profiles = `${url}/v1/Stores/${sandbox.storeId}/Profiles`;
    const moved = await intercepted(new Request(`${profiles}/${merged}`, { headers }));
    expect([moved.status, moved.headers.get("location")]).toEqual([301, `${profiles}/${id}`]);

    const csv = "email,firstName\nlin@example.com,Lin\n";
    const upload = await createImport(sandbox, csv.length);
    expect(new URL(upload.url).origin).toBe(url);
    const put = { method: "PUT", headers: { "Content-Type": "text/csv" }, body: csv };
    expect((await intercepted(new Request(upload.url, put))).status).toBe(200);
  });

  it("accepts uploads of every type, except for a stream of unknown length", async () => {
    await using sandbox = await createSandbox();
    const csv = "email,firstName\nlin@example.com,Lin\n";
    const stream = () => new Blob([csv]).stream();
    const uploads: [number, RequestInit][] = [
      [200, { body: csv }],
      [200, { body: new Blob([csv]) }],
      [200, { body: Buffer.from(csv) }],
      [200, { body: stream(), duplex: "half", headers: { "Content-Length": String(csv.length) } }],
      [411, { body: stream(), duplex: "half" }],
      [413, { body: `${csv}x` }],
      [400, { body: csv.slice(1) }],
    ];
    for (const [status, init] of uploads) {
      const { url } = await createImport(sandbox, csv.length);
      const headers = { "Content-Type": "text/csv", ...Object(init.headers) };
      expect((await sandbox.fetch(url, { method: "PUT", ...init, headers })).status).toBe(status);
    }
  });

  it("lets timers fire while a test polls it", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    let hasFired = false;
    setTimeout(() => {
      hasFired = true;
    }, 1);
    for (let polls = 0; !hasFired && polls < 2_000; polls++) await call("GET", "");
    expect(hasFired).toBe(true);
  });

  it("can be closed more than once", async () => {
    const sandbox = await createSandbox();
    await Promise.all([sandbox.close(), sandbox.close()]);
    await expect(sandbox.close()).resolves.toBeUndefined();
  });

  it("rejects requests after it is closed", async () => {
    const sandbox = await createSandbox();
    await sandbox.close();
    await expect(sandbox.fetch(sandbox.url)).rejects.toThrow("fetch failed");
  });
});

describe("the clock of a sandbox", () => {
  it("determines Retry-After", async () => {
    await using sandbox = await createSandbox({ rateLimits: { read: { perSecond: 0.1, burst: 1 } } });
    const call = callOf(sandbox);
    expect((await call("GET", "")).status).toBe(200);
    const rejected = await call("GET", "");
    expect([rejected.status, rejected.headers["retry-after"]]).toEqual([429, "10"]);
    await sandbox.clock.advance(4000);
    expect((await call("GET", "")).headers["retry-after"]).toBe("6");
    await sandbox.clock.advance(6000);
    expect((await call("GET", "")).status).toBe(200);
  });

  it("expires an upload URL, which makes its import fail", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const { importId, url } = await createImport(sandbox, 10);
    await sandbox.clock.advance(1_799_999);
    expect((await call("GET", `Imports/${importId}`)).body["status"]).toBe("PENDING");
    await sandbox.clock.advance(1);
    expect((await call("GET", `Imports/${importId}`)).body["status"]).toBe("FAILED");
    const late = await sandbox.fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "text/csv" },
      body: "0123456789",
    });
    expect(late.status).toBe(403);
  });

  it("completes uploaded imports before it has advanced", async () => {
    await using sandbox = await createSandbox();
    const { importId } = await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
    await sandbox.clock.advance(0);
    expect((await callOf(sandbox)("GET", `Imports/${importId}`)).body["status"]).toBe("COMPLETED");
  });
});

describe("a write to a sandbox", () => {
  it("becomes visible after the delay, including merges and deletes", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const [ada, grace] = [
      String((await call("POST", "", person("ada@example.com"))).body["id"]),
      String((await call("POST", "", person("grace@example.com"))).body["id"]),
    ];
    await sandbox.consistency.set({ mode: "delayed", ms: 5000 });
    expect((await call("PATCH", grace, person("ada@example.com"))).status).toBe(202);
    expect((await call("GET", grace)).status).toBe(200);
    expect((await call("GET", "")).body["profiles"]).toEqual([grace, ada]);
    await sandbox.clock.advance(5000);
    const moved = await call("GET", grace);
    expect([moved.status, moved.headers["canonical-profile-id"]]).toEqual([301, ada]);

    expect((await call("DELETE", ada)).status).toBe(202);
    expect((await call("DELETE", ada)).status).toBe(404);
    expect((await call("GET", ada)).status).toBe(200);
    await sandbox.clock.advance(5000);
    expect((await call("GET", ada)).status).toBe(404);
  });

  it("cannot have an unknown consistency mode", async () => {
    await using sandbox = await createSandbox();
    await expect(sandbox.consistency.set(Object({ mode: "later" }))).rejects.toThrow(
      "/mode: must be one of immediate,",
    );
    expect(await sandbox.consistency.state()).toEqual({ mode: "immediate", pending: 0 });
  });

  it("becomes visible with a step, including the rows of an import", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    await sandbox.consistency.set({ mode: "manual" });
    await call("POST", "", person("ada@example.com"));
    await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
    await sandbox.clock.advance(0);
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
    expect(await sandbox.consistency.state()).toEqual({ mode: "manual", pending: 2 });
    expect(await sandbox.consistency.step(1)).toBe(1);
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
    expect(await sandbox.consistency.step()).toBe(1);
    expect((await call("GET", "")).body["profiles"]).toHaveLength(2);
  });
});
