import { describe, expect, it } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/create-sandbox.ts";
import { type Answer, callOf, createImport, importFile, person } from "./call-sandbox.ts";

/** A tour of all operations. */
async function tour(sandbox: Sandbox): Promise<unknown[]> {
  const call = callOf(sandbox);
  const answers: Answer[] = [];
  const ada = await call("POST", "", person("ada@example.com", { firstName: "Ada" }));
  const grace = await call("POST", "", person("grace@example.com"));
  answers.push(ada, grace);
  answers.push(await call("POST", "", {}));
  answers.push(await call("PUT", "Bulk", { profiles: [person("a@example.com"), person("b@example.com")] }));
  answers.push(await call("PATCH", String(grace.body["id"]), person("ada@example.com")));
  answers.push(await call("GET", String(grace.body["id"])), await call("GET", String(ada.body["id"])));
  const page = await call("GET", "?pageSize=1");
  answers.push(page, await call("GET", `?pageToken=${Object(page.body["meta"])["nextToken"]}&pageSize=1`));
  const { importId, url } = await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
  await sandbox.clock.advance(1000);
  answers.push(
    await call("GET", `Imports/${importId}`),
    await call("GET", "Imports"),
    await call("GET", "?orderBy=ASC"),
  );
  answers.push(await call("DELETE", String(ada.body["id"])), await call("GET", "/nowhere"));
  return [...answers, url];
}

const statusesOf = (answers: unknown[]) => answers.map((answer) => Object(answer).status);

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
    await expect(createSandbox({ now: Number.NaN })).rejects.toThrow("a time that a Date can show, not at NaN");
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
    const { username, password } = sandbox.credentials;
    const profiles = `${sandbox.url}/v1/Stores/${sandbox.storeId}/Profiles`;
    const response = await sandbox.fetch(`${profiles}/${merged}`, {
      headers: { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` },
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
    const { username, password } = sandbox.credentials;
    const headers = { Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
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

describe("a sandbox goes back", () => {
  it("to its beginning, IDs and clock, faults and log too", async () => {
    await using sandbox = await createSandbox({ rateLimits: { write: { perSecond: 1, burst: 50 } } });
    const call = callOf(sandbox);
    const first = await tour(sandbox);
    await sandbox.consistency.set({ mode: "manual" });
    sandbox.faults.setPlan([{ fault: { kind: "reset" } }]);
    sandbox.clock.resume();
    await sandbox.reset();
    expect(await sandbox.consistency.state()).toEqual({ mode: "immediate", pending: 0 });
    expect([sandbox.faults.plan(), sandbox.requests.exchanges(), sandbox.clock.isFrozen]).toEqual([[], [], true]);
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
    await sandbox.reset();
    expect(await tour(sandbox)).toEqual(first);
  });

  it("to a moment, and goes on from there as it did before", async () => {
    await using sandbox = await createSandbox({ rateLimits: { import: { perSecond: 0.001, burst: 1 } } });
    const call = callOf(sandbox);
    await call("POST", "", person("before@example.com"));
    await sandbox.consistency.set({ mode: "delayed", ms: 5000 });
    await call("POST", "", person("hidden@example.com"));
    const moment = structuredClone(await sandbox.snapshot());

    const first = await tour(sandbox);
    await sandbox.clock.advance(100_000);
    await sandbox.restore(moment);
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
    expect(await sandbox.consistency.state()).toMatchObject({ pending: 1 });
    await sandbox.restore(moment);
    expect(await tour(sandbox)).toEqual(first);
  });

  it("with the file of an import that was under way", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const { importId } = await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
    const moment = await sandbox.snapshot();
    await sandbox.restore(moment);
    expect((await call("GET", `Imports/${importId}`)).body["status"]).toBe("COMPLETED");
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
  });
});

describe("a reset among requests", () => {
  it("leaves nothing behind of those that came before it, and gives those after it the IDs of the beginning", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const first = (await call("POST", "", person("first@example.com"))).body["id"];
    await sandbox.reset();
    const { promise: rest, resolve: send } = Promise.withResolvers<void>();
    const { importId, url } = await createImport(sandbox, 6);
    async function* body() {
      yield Buffer.from("email\n");
      await rest;
    }
    const upload = sandbox.fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "text/csv", "Content-Length": "6" },
      body: ReadableStream.from(body()),
      duplex: "half",
    });
    await call("GET", `Imports/${importId}`);
    const reset = sandbox.reset();
    const created = call("POST", "", person("second@example.com"));
    send();
    expect((await upload).status).toBe(200);
    await reset;
    expect([(await created).status, (await created).body["id"]]).toEqual([202, first]);
    expect((await call("GET", "Imports")).body["imports"]).toEqual([]);
    expect((await call("GET", "")).body["profiles"]).toEqual([first]);
  });
});

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
});
