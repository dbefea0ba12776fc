import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Call, columnMappings, person } from "./call-sandbox.ts";
import { type ServedSandbox, serveSandbox } from "./serve-sandbox.ts";

const ADA = "mem_profile_00000000000000000000000001";
const GRACE = "mem_profile_00000000000000000000000002";

let served: ServedSandbox;
let url: string;
let call: Call;

beforeAll(async () => {
  served = await serveSandbox();
  ({ url, call } = served);
});
beforeEach(async () => {
  await call("POST", "/__sandbox/reset");
});
afterAll(() => served[Symbol.asyncDispose]());

describe("the control API of a sandbox", () => {
  it("requires no credentials", async () => {
    const response = await fetch(`${url}/__sandbox/clock`);
    expect([response.status, await response.json()]).toMatchObject([200, { frozen: false }]);
  });

  it("resets the sandbox", async () => {
    await call("POST", "", person("ada@example.com"));
    expect((await call("POST", "/__sandbox/reset")).status).toBe(204);
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
  });

  it("seeds the sandbox", async () => {
    const profiles = [{ id: ADA, createdAt: "2025-01-01T12:00:00Z", ...person("ada@example.com"), mergedIds: [GRACE] }];
    const seeded = await call("POST", "/__sandbox/seed", { profiles });
    expect([seeded.status, seeded.body]).toEqual([200, { profiles: [ADA], imports: [] }]);
    expect((await call("GET", ADA)).body).toEqual({
      id: ADA,
      createdAt: "2025-01-01T12:00:00.000Z",
      ...person("ada@example.com"),
    });
    expect((await call("GET", GRACE)).headers["canonical-profile-id"]).toBe(ADA);
  });

  it("takes snapshots, restores them several times, and deletes them", async () => {
    await call("POST", "", person("ada@example.com"));
    const taken = await call("POST", "/__sandbox/snapshots");
    expect(taken.status).toBe(201);
    const snapshot = `/__sandbox/snapshots/${taken.body["id"]}`;
    for (const round of [1, 2]) {
      await call("POST", "", person(`${round}@example.com`));
      expect((await call("POST", `${snapshot}/restore`)).status).toBe(204);
      expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
    }
    expect((await call("DELETE", snapshot)).status).toBe(204);
    expect((await call("POST", `${snapshot}/restore`)).body).toMatchObject({ status: 404, code: 20404 });
    expect((await call("DELETE", snapshot)).status).toBe(404);
  });

  it("keeps the 100 snapshots that were taken or restored last", async () => {
    const take = async () => String((await call("POST", "/__sandbox/snapshots")).body["id"]);
    const restore = (id: string) => call("POST", `/__sandbox/snapshots/${id}/restore`);
    const [base, unused] = [await take(), await take()];
    for (let count = 2; count < 100; count++) await take();
    expect((await restore(base)).status).toBe(204);
    const last = await take();
    expect((await restore(unused)).body).toMatchObject({
      status: 404,
      message: "No snapshot has this ID. A sandbox keeps the 100 snapshots that were taken or restored last",
    });
    expect([(await restore(base)).status, (await restore(last)).status]).toEqual([204, 204]);
  });

  it("freezes, sets, advances and resumes the clock", async () => {
    const now = "2030-01-01T00:00:00.000Z";
    expect((await call("PUT", "/__sandbox/clock", { now, frozen: true })).body).toEqual({ now, frozen: true });
    expect((await call("GET", "")).headers["date"]).toBe("Tue, 01 Jan 2030 00:00:00 GMT");
    expect((await call("POST", "/__sandbox/clock/advance", { ms: 1500 })).body).toEqual({
      now: "2030-01-01T00:00:01.500Z",
      frozen: true,
    });
    expect((await call("PUT", "/__sandbox/clock", { frozen: false })).body).toMatchObject({ frozen: false });
    const running = await call("GET", "/__sandbox/clock");
    expect(String(running.body["now"]) >= "2030-01-01T00:00:01.500Z").toBe(true);
    expect((await call("PUT", "/__sandbox/clock", { frozen: true })).body).toMatchObject({ frozen: true });
  });

  it("completes the work that became due before it responds to an advance", async () => {
    const created = await call("POST", "Imports", { filename: "people.csv", fileSize: 10, columnMappings });
    await call("POST", "/__sandbox/clock/advance", { ms: 1_800_000 });
    expect((await call("GET", `Imports/${created.body["importId"]}`)).body["status"]).toBe("FAILED");
  });

  it("delays the visibility of writes, and makes them visible in steps", async () => {
    const set = await call("PUT", "/__sandbox/consistency", { mode: "manual" });
    expect(set.body).toEqual({ mode: "manual", pending: 0 });
    for (const name of ["ada", "grace", "lin"]) await call("POST", "", person(`${name}@example.com`));
    expect((await call("GET", "/__sandbox/consistency")).body).toEqual({ mode: "manual", pending: 3 });
    expect((await call("POST", "/__sandbox/consistency/step", { count: 1 })).body).toEqual({ shown: 1 });
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
    expect((await call("POST", "/__sandbox/consistency/step", {})).body).toEqual({ shown: 2 });
    expect((await call("GET", "")).body["profiles"]).toHaveLength(3);
  });

  it("plans faults, lists those that fired, and clears both", async () => {
    const plan = [{ operationId: "listProfiles", times: 1, fault: { kind: "status", status: 503 } }];
    expect((await call("PUT", "/__sandbox/faults", { plan })).body).toEqual({ plan, fired: [] });
    expect((await call("GET", "")).status).toBe(503);
    expect((await call("GET", "")).status).toBe(200);
    expect((await call("GET", "/__sandbox/faults")).body).toMatchObject({
      plan: [],
      fired: [{ operationId: "listProfiles", fault: { kind: "status", status: 503 } }],
    });
    expect((await call("DELETE", "/__sandbox/faults")).status).toBe(204);
    expect((await call("GET", "/__sandbox/faults")).body).toEqual({ plan: [], fired: [] });
  });

  it("carries out faults of the connection over the network", async () => {
    const withFault = (fault: string) => ({ "Memory-Sandbox-Fault": fault });
    await expect(call("POST", "", person("reset@example.com"), withFault("reset"))).rejects.toThrow("fetch failed");
    await expect(call("POST", "", person("cut@example.com"), withFault("truncate=9"))).rejects.toThrow("terminated");
    expect((await call("POST", "", person("slow@example.com"), withFault("slow=1000"))).status).toBe(202);
    expect((await call("GET", "")).body["profiles"]).toHaveLength(2);
  });

  it("is not affected by faults, and does not record its own requests", async () => {
    await call("PUT", "/__sandbox/faults", { plan: [{ fault: { kind: "reset" } }] });
    const headers = { "Memory-Sandbox-Fault": "reset" };
    expect((await call("GET", "/__sandbox/faults", undefined, headers)).status).toBe(200);
    expect((await call("GET", "/__sandbox/requests")).body).toEqual({ requests: [] });
  });

  it("lists and clears recorded requests", async () => {
    await call("GET", "");
    const { requests } = (await call("GET", "/__sandbox/requests")).body;
    expect(requests).toMatchObject([{ method: "GET", operationId: "listProfiles", response: { status: 200 } }]);
    expect((await call("DELETE", "/__sandbox/requests")).status).toBe(204);
    expect((await call("GET", "/__sandbox/requests")).body).toEqual({ requests: [] });
  });

  const invalid: [string, string, unknown, string][] = [
    ["PUT", "clock", { now: "tomorrow" }, "/now: must be a time in UTC, such as 2026-01-01T00:00:00Z"],
    ["PUT", "clock", { now: "2200-01-01T00:00:00Z" }, "/now: must be a time from 1970 to 2199"],
    ["PUT", "clock", { now: "1969-12-31T23:59:59Z" }, "/now: must be a time from 1970 to 2199"],
    ["PUT", "clock", { frozn: true }, "/frozn: unknown property; known properties: now, frozen"],
    ["PUT", "clock", [], "The body: must be an object"],
    ["POST", "clock/advance", { ms: -1 }, "/ms: must be at least 0"],
    ["POST", "clock/advance", {}, "/ms: is missing"],
    ["POST", "clock/advance", { ms: 1e300 }, "/ms: advances the clock beyond 2199, the last year of a sandbox"],
    ["PUT", "consistency", { mode: "slow" }, "/mode: must be one of immediate, delayed, manual"],
    ["PUT", "consistency", { mode: "delayed" }, "/ms: is missing"],
    ["POST", "consistency/step", { count: 0 }, "/count: must be at least 1"],
    ["PUT", "faults", { plan: [{}] }, "/plan/0/fault: is missing"],
    [
      "PUT",
      "faults",
      { plan: [{ fault: { kind: "status", status: 200 } }] },
      "/plan/0/fault/status: must be one of 400, 401, 403, 404, 409, 411, 413, 415, 429, 500, 502, 503, 504",
    ],
    [
      "PUT",
      "faults",
      { plan: [{ operationId: "x", fault: { kind: "reset" } }] },
      "/plan/0/operationId: must be one of",
    ],
    [
      "PUT",
      "faults",
      { plan: [{ probability: 2, fault: { kind: "reset" } }] },
      "/plan/0/probability: must be at most 1",
    ],
    ["POST", "seed", { profiles: [{}] }, "/profiles/0/traits: is missing"],
    [
      "POST",
      "seed",
      { imports: [{ filename: "a", fileSize: 1, columnMappings, status: "DONE" }] },
      "/imports/0/status",
    ],
  ];
  it.each(invalid)("rejects %s %s of %j", async (method, path, body, message) => {
    const rejected = await call(method, `/__sandbox/${path}`, body);
    expect(rejected.body).toMatchObject({ status: 400, code: 520046, message: expect.stringContaining(message) });
  });

  it("returns 404 for an unknown route", async () => {
    const response = await fetch(`${url}/__sandbox/burn`);
    expect(await response.json()).toMatchObject({ status: 404, message: "The control API has no such route" });
  });
});

describe("a sandbox that is restarted with its data", () => {
  let kept: string;

  beforeEach(async () => {
    kept = await mkdtemp(join(tmpdir(), "memory-kept-"));
  });
  afterEach(() => rm(kept, { recursive: true }));

  it("does not repeat an ID", async () => {
    const rounds: unknown[][] = [];
    for (let round = 0; round < 3; round++) {
      await using again = await serveSandbox({ kept });
      await again.call("PUT", "/__sandbox/clock", { now: "2030-01-01T00:00:00Z", frozen: true });
      const responses = [await again.call("POST", "", person(`${round}@example.com`))];
      responses.push(await again.call("POST", "", person(`another${round}@example.com`)));
      expect(responses.map(({ status }) => status)).toEqual([202, 202]);
      rounds.push(responses.map(({ body }) => body["id"]));
    }
    expect(new Set(rounds.flat()).size).toBe(6);
  });

  it("has empty stores and the IDs of its seed after a reset", async () => {
    const ids: unknown[] = [];
    for (let round = 0; round < 2; round++) {
      await using again = await serveSandbox({ kept });
      await again.call("POST", "", person("kept@example.com"));
      expect((await again.call("POST", "/__sandbox/reset")).status).toBe(204);
      expect((await again.call("GET", "")).body["profiles"]).toEqual([]);
      await again.call("PUT", "/__sandbox/clock", { now: "2030-01-01T00:00:00Z", frozen: true });
      ids.push((await again.call("POST", "", person("ada@example.com"))).body["id"]);
    }
    expect(ids[1]).toBe(ids[0]);
  });
});

describe("the host name of a request to the control API", () => {
  async function statusFor(origin: string, path: string, host: string): Promise<number | undefined> {
    const [response]: IncomingMessage[] = await once(get(`${origin}${path}`, { headers: { host } }), "response");
    response?.resume();
    return response?.statusCode;
  }

  it.each(["127.0.0.1", "127.0.0.1:4010", "127.8.8.8", "localhost:80", "LOCALHOST", "[::1]:9"])(
    "is accepted if it is %s",
    async (host) => {
      expect(await statusFor(url, "/__sandbox/requests", host)).toBe(200);
    },
  );

  it.each([
    "example.com",
    "example.com:4010",
    "127.0.0.1.example.com",
    "localhost.example.com",
    "192.168.0.1",
    "[::2]",
  ])("is rejected if it is %s, even if it resolves to this machine", async (host) => {
    expect(await statusFor(url, "/__sandbox/requests", host)).toBe(403);
    expect(await statusFor(url, "/__sandbox/nowhere", host)).toBe(403);
    expect(await statusFor(url, "/health/live", host)).toBe(200);
  });

  it("can be any name if the server listens on all interfaces", async () => {
    await using open = await serveSandbox({ host: "0.0.0.0" });
    expect(await statusFor(open.url, "/__sandbox/requests", "sandbox.example.com")).toBe(200);
  });
});

describe("a web page", () => {
  const asPages: Record<string, string>[] = [
    { Origin: "https://example.com" },
    { Origin: "null" },
    { Origin: "http://127.0.0.1:80" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
  ];
  it.each(asPages)("cannot control a sandbox: %j", async (headers) => {
    await call("POST", "", person("ada@example.com"));
    const routes = [
      ["POST", "reset"],
      ["POST", "seed"],
      ["POST", "snapshots"],
      ["PUT", "clock"],
      ["POST", "clock/advance"],
      ["PUT", "consistency"],
      ["POST", "consistency/step"],
      ["PUT", "faults"],
      ["DELETE", "faults"],
      ["DELETE", "requests"],
    ];
    for (const [method = "", path] of routes) {
      const response = await fetch(`${url}/__sandbox/${path}`, { method, headers });
      expect([path, response.status, Object(await response.json()).code]).toEqual([path, 403, 403]);
    }
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "cannot control a sandbox with a form: %s",
    async (type) => {
      for (const path of ["reset", "seed", "clock/advance"]) {
        const headers = { "Content-Type": type };
        const response = await fetch(`${url}/__sandbox/${path}`, { method: "POST", headers, body: "{}" });
        expect([path, response.status]).toEqual([path, 415]);
      }
    },
  );
});
