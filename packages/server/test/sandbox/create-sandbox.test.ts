import { patterns, type StoreId } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/create-sandbox.ts";
import { callOf, createImport, importFile, person } from "./call-sandbox.ts";
import { statusesOf, tour } from "./tour.ts";

describe("a sandbox in process", () => {
  it("is a whole Memory API, at a host that no network resolves", async () => {
    await using sandbox = await createSandbox();
    expect(sandbox.url).toBe("http://memory.invalid");
    expect(sandbox.storeId).toBe("mem_store_00000000000000000000000000");
    const answers = await tour(sandbox);
    expect(statusesOf(answers)).toEqual([
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

  it("gives the same bytes for the same seed and the same requests", async () => {
    await using one = await createSandbox({ seed: "one" });
    await using same = await createSandbox({ seed: "one" });
    await using other = await createSandbox({ seed: "two" });
    const answers = await tour(one);
    expect(await tour(same)).toEqual(answers);
    const others = await tour(other);
    expect(statusesOf(others)).toEqual(statusesOf(answers));
    expect(others).not.toEqual(answers);
  });

  it("starts at the time that it is told, and stands still", async () => {
    await using sandbox = await createSandbox({ now: new Date("2030-05-06T07:08:09.123Z") });
    const call = callOf(sandbox);
    const created = await call("POST", "", person("ada@example.com"));
    expect(created.headers["date"]).toBe("Mon, 06 May 2030 07:08:09 GMT");
    const fetched = await call("GET", String(created.body["id"]));
    expect(fetched.body["createdAt"]).toBe("2030-05-06T07:08:09.123Z");
    expect(sandbox.clock.now()).toBe(Date.parse("2030-05-06T07:08:09.123Z"));
  });

  it("has the stores that it is told", async () => {
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

  it("refuses options that no server could be told", async () => {
    const stores: SandboxOptions["stores"] = [{ id: "mem_store_1" }];
    await expect(createSandbox({ stores })).rejects.toThrow("/stores/0/id");
    await expect(createSandbox({ url: "nowhere" })).rejects.toThrow("/publicUrl");
    await expect(createSandbox({ now: Number.NaN })).rejects.toThrow(
      "cannot be set to NaN: its times are from 1970 to 2199",
    );
  });

  it("gives a client what it takes to reach it, with the ID of its store as a client types it", async () => {
    await using sandbox = await createSandbox({ url: "https://memory.example.com" });
    expect(sandbox.clientOptions).toEqual({
      baseUrl: "https://memory.example.com",
      credentials: sandbox.credentials,
      fetch: sandbox.fetch,
    });
    const storeId: StoreId = sandbox.storeId;
    expect(storeId).toMatch(patterns.StoreId);
  });

  it("bears the URL that it is told", async () => {
    await using sandbox = await createSandbox({ url: "https://memory.example.com" });
    expect((await createImport(sandbox, 10)).url).toMatch(/^https:\/\/memory\.example\.com\/uploads\//);
  });

  it("never lets a request out, whatever its host", async () => {
    await using sandbox = await createSandbox();
    const response = await sandbox.fetch("https://memory.twilio.com/health/live");
    expect(await response.json()).toEqual({ status: "live" });
    expect(response.url).toBe("https://memory.twilio.com/health/live");
  });

  it("leads on to the profile that another was merged into", async () => {
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

  it("stands in for the live service where requests to it are intercepted", async () => {
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

  it("takes uploads of every kind, but for a stream of unknown length", async () => {
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

  it("can be closed more than once", async () => {
    const sandbox = await createSandbox();
    await Promise.all([sandbox.close(), sandbox.close()]);
    await expect(sandbox.close()).resolves.toBeUndefined();
  });

  it("answers no more once it is closed", async () => {
    const sandbox = await createSandbox();
    await sandbox.close();
    await expect(sandbox.fetch(sandbox.url)).rejects.toThrow("fetch failed");
  });
});

describe("the clock of a sandbox, moved,", () => {
  it("is what Retry-After counts by", async () => {
    await using sandbox = await createSandbox({ rateLimits: { read: { perSecond: 0.1, burst: 1 } } });
    const call = callOf(sandbox);
    expect((await call("GET", "")).status).toBe(200);
    const refused = await call("GET", "");
    expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "10"]);
    await sandbox.clock.advance(4000);
    expect((await call("GET", "")).headers["retry-after"]).toBe("6");
    await sandbox.clock.advance(6000);
    expect((await call("GET", "")).status).toBe(200);
  });

  it("ends an upload URL, and the import that waited for it", async () => {
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

  it("has imports done that were uploaded before", async () => {
    await using sandbox = await createSandbox();
    const { importId } = await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
    await sandbox.clock.advance(0);
    expect((await callOf(sandbox)("GET", `Imports/${importId}`)).body["status"]).toBe("COMPLETED");
  });
});

describe("what was written to a sandbox", () => {
  it("becomes visible after the delay, merges and deletes too", async () => {
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

  it("is refused a mode that there is not", async () => {
    await using sandbox = await createSandbox();
    await expect(sandbox.consistency.set(Object({ mode: "later" }))).rejects.toThrow(
      "/mode: must be one of immediate,",
    );
    expect(await sandbox.consistency.state()).toEqual({ mode: "immediate", pending: 0 });
  });

  it("becomes visible when the test says so, rows of an import too", async () => {
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
