import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { ClientOptions } from "../../src/connection/client-options.ts";
import { connectionIn } from "../../src/connection/connection.ts";
import { createMemoryClient } from "../../src/create-memory-client.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import { createFetchClient, profileMoved, uploadImportFile } from "../../src/openapi-fetch/index.ts";
import type { FetchResponse } from "../../src/transports/fetch.ts";
import { recordingServer } from "../recording-server.ts";
import { fakeSurroundings } from "../resilience/fake-surroundings.ts";
import { sandboxProcess } from "../sandbox-process.ts";

const STORE = "/v1/Stores/{storeId}/Profiles";
const PROFILE = "/v1/Stores/{storeId}/Profiles/{profileId}";
const IMPORTS = "/v1/Stores/{storeId}/Profiles/Imports";
const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const canonicalProfileId = "mem_profile_00000000000000000000000000";
const init = { params: { path: { storeId, profileId } } } as const;
const found = { status: 200, body: { id: profileId, createdAt: "2026-01-01T00:00:00Z", traits: {} } };
const credentials = { apiKey: "key", apiSecret: "secret" };
const basic = `Basic ${btoa("key:secret")}`;
const traits = { Contact: { email: "ada.reyes@example.com" } };
const reset = (response: { socket: { resetAndDestroy(): void } | null }) => response.socket?.resetAndDestroy();
const body = {
  filename: "a.csv",
  fileSize: 10,
  columnMappings: [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
  ],
};

let server: Awaited<ReturnType<typeof recordingServer>>;
let elsewhere: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
  elsewhere = await recordingServer();
});
afterAll(() => Promise.all([server.close(), elsewhere.close()]));
beforeEach(() => {
  server.requests.length = 0;
  elsewhere.requests.length = 0;
  server.answerWith(found);
});

function connected(options: ClientOptions = {}) {
  const surroundings = fakeSurroundings();
  const connection = connectionIn(surroundings, { baseUrl: server.url, credentials, ...options });
  return { connection, client: createFetchClient({ connection }), pauses: surroundings.pauses };
}

describe("a request that fails temporarily", () => {
  it.each([429, 500, 502, 503, 504])("is retried after a %i", async (status) => {
    server.answerWith({ status }, { status }, found);
    const { data } = await connected().client.GET(PROFILE, init);
    expect([data?.id, server.requests.length]).toEqual([profileId, 3]);
  });

  it("is retried with the same body and credentials after a reset", async () => {
    server.answerWith(reset, { status: 202, body: { id: profileId, message: "ok" } });
    await connected().client.POST(STORE, { params: { path: { storeId } }, body: { traits } });
    const [first, second] = server.requests;
    expect(first).toMatchObject({
      method: "POST",
      headers: { authorization: basic, "content-type": "application/json" },
    });
    expect([second?.body, second?.headers.authorization]).toEqual([JSON.stringify({ traits }), basic]);
  });

  it("resolves to the last response after as many attempts as are allowed", async () => {
    server.answerWith(
      { status: 500 },
      { status: 503, body: { code: 20503, message: "m", more_info: "i", status: 503 } },
    );
    const { error, response } = await connected({ retry: { attempts: 3 } }).client.GET(PROFILE, init);
    expect([error?.code, response.status, server.requests.length]).toEqual([20503, 503, 3]);
  });

  it("waits as long as Retry-After asks", async () => {
    server.answerWith({ status: 429, headers: { "retry-after": "7" } }, found);
    const { client, pauses } = connected();
    await client.GET(PROFILE, init);
    expect(pauses).toEqual([7050]);
  });

  it("shares the pause after a 429 with the SDK on the same connection", async () => {
    server.answerWith({ status: 429, headers: { "retry-after": "9" } }, found);
    const { connection, client, pauses } = connected();
    await fetchProfile(connection, { path: init.params.path }, { retry: false }).safe();
    await client.GET(PROFILE, init);
    expect(pauses).toEqual([9050]);
  });

  it("rejects with a ConnectionError if no response arrives, and does not repeat the creation of an import", async () => {
    server.answerWith(reset);
    const creating = connected().client.POST(IMPORTS, { params: { path: { storeId } }, body });
    await expect(creating).rejects.toMatchObject({ name: "ConnectionError", mayHaveArrived: true, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });
});

describe("credentials", () => {
  it("are sent only to the origin of the base URL", async () => {
    elsewhere.answerWith(found);
    await connected().client.GET(PROFILE, { ...init, baseUrl: elsewhere.url });
    expect(elsewhere.requests).toHaveLength(1);
    expect(elsewhere.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("are not sent after a redirect, which is not followed", async () => {
    const headers = { location: `${elsewhere.url}/`, "canonical-profile-id": canonicalProfileId };
    server.answerWith({ status: 308, headers, body: { message: "merged", uri: `${elsewhere.url}/` } });
    const result = await connected().client.DELETE(PROFILE, init);
    expect(profileMoved(result)).toMatchObject({ status: 308, canonicalProfileId });
    expect([server.requests.length, elsewhere.requests.length]).toEqual([1, 0]);
  });

  it("are renewed for each attempt by a function", async () => {
    server.answerWith({ status: 503 }, found);
    let renewals = 0;
    await connected({ credentials: () => ({ apiKey: "key", apiSecret: String(renewals++) }) }).client.GET(
      PROFILE,
      init,
    );
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      ["key:0", "key:1"].map((pair) => `Basic ${btoa(pair)}`),
    );
  });

  it("are not sent if they are false, and those of the request take precedence", async () => {
    await connected({ credentials: false }).client.GET(PROFILE, init);
    await connected().client.GET(PROFILE, { ...init, headers: { Authorization: "Bearer own" } });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, "Bearer own"]);
  });

  it("are needed in the options or the environment", () => {
    expect(() => createFetchClient({ baseUrl: server.url })).toThrow("No credentials");
  });
});

describe("a path parameter", () => {
  it.each(["..", ".", "", "a/b", "../Bulk", "Bulk", `${profileId}?x=1`, "mem_profile_8zzzzzzzzzzzzzzzzzzzzzzzzz"])(
    "that is %j is rejected, and nothing is sent",
    async (given) => {
      const path = { storeId, profileId: given as typeof profileId } as const;
      await expect(connected().client.DELETE(PROFILE, { params: { path } })).rejects.toMatchObject({
        name: "InvalidParameterError",
      });
      expect(server.requests).toEqual([]);
    },
  );
});

describe("middleware", () => {
  it("of openapi-fetch and of the connection both see a request, and the former can replace it", async () => {
    const { client } = connected({
      middleware: [(request, next) => next({ ...request, headers: { ...request.headers, "X-Inner": "2" } })],
    });
    client.use({
      onRequest({ request }) {
        const headers = new Headers(request.headers);
        headers.set("X-Outer", "1");
        return new Request(request, { headers });
      },
    });
    await client.POST(STORE, { params: { path: { storeId } }, body: { traits } });
    expect(server.requests[0]).toMatchObject({
      headers: { "x-outer": "1", "x-inner": "2", authorization: basic },
      body: JSON.stringify({ traits }),
    });
  });

  it("of the connection decides what the result is", async () => {
    const made = { ok: true, status: 200, headers: new Headers(), text: async () => JSON.stringify({ id: "made" }) };
    const { client } = connected({ middleware: [async () => made] });
    expect((await client.GET(PROFILE, init)).data).toEqual({ id: "made" });
  });
});

describe("time limits", () => {
  it("hold for the body of a response, too", async () => {
    server.answerWith((response) => response.writeHead(200).write('{"id":'));
    const client = createFetchClient({ baseUrl: server.url, credentials, timeout: 50, retry: false });
    await expect(client.GET(PROFILE, init)).rejects.toMatchObject({ name: "TimeLimitError", limit: "attempt", ms: 50 });
  });

  it("leave a request to its own signal", async () => {
    server.answerWith(() => {});
    const controller = new AbortController();
    const asking = connected().client.GET(PROFILE, { ...init, signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(new Error("The page was left."));
    await expect(asking).rejects.toThrow("The page was left.");
  });
});

describe("a response", () => {
  it("keeps all its headers, and its body as it came", async () => {
    const page = "<h1>Bad gateway</h1>".repeat(100);
    server.answerWith({ status: 502, headers: { "x-proxy": "one", "content-type": "text/html" }, body: page });
    const { error, response } = await connected({ retry: false }).client.GET(PROFILE, init);
    expect([error, response.headers.get("x-proxy")]).toEqual([page, "one"]);
  });

  it("is unpacked", async () => {
    const packed = gzipSync(JSON.stringify(found.body));
    server.answerWith((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed));
    expect((await connected().client.GET(PROFILE, init)).data?.id).toBe(profileId);
  });

  it("of a transport that lists no headers has those that the contract documents", async () => {
    const headers = { get: (name: string) => (name === "retry-after" ? "70" : null) };
    const fetch = async () => ({ status: 429, ok: false, headers, text: async () => "{}" });
    const { response } = await connected({ fetch }).client.GET(PROFILE, init);
    expect(response.headers.get("retry-after")).toBe("70");
  });

  it("without a body may come with a status that has none", async () => {
    const { client } = connected({ fetch: async () => new Response(null, { status: 204 }) });
    expect(await client.GET(PROFILE, init)).toMatchObject({ data: undefined, response: { status: 204 } });
  });
});

describe("a redirect that a browser hides", () => {
  it("has the canonical ID that a read finds", async () => {
    const hidden: FetchResponse = {
      status: 0,
      ok: false,
      type: "opaqueredirect",
      headers: new Headers(),
      text: async () => "",
    };
    const read = JSON.stringify({ id: canonicalProfileId, createdAt: "2026-01-01T00:00:00Z", traits: {} });
    const { client } = connected({
      fetch: async (_, { redirect }) => (redirect === "follow" ? new Response(read) : hidden),
    });
    const uri = `${server.url}/v1/Stores/${storeId}/Profiles/${canonicalProfileId}`;
    expect(profileMoved(await client.DELETE(PROFILE, init))).toEqual({
      status: 308,
      canonicalProfileId,
      body: { message: expect.any(String), uri },
    });
  });
});

describe("an upload", () => {
  const upload = (options = {}) => uploadImportFile(`${server.url}/bucket/a.csv?X-Signature=s`, "email\n", options);

  it("is sent to its URL as it is, without credentials", async () => {
    server.answerWith({ status: 200 });
    expect(await upload()).toMatchObject({ data: undefined, response: { status: 200 } });
    expect(server.requests).toMatchObject([{ method: "PUT", url: "/bucket/a.csv?X-Signature=s", body: "email\n" }]);
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("has no credentials either through the client, where its URL should not be built", async () => {
    server.answerWith({ status: 200 });
    const path = { importId: "mem_import_01kkbk0tfteqn89st3b7v4f5y8" } as const;
    await connected().client.PUT("/uploads/{importId}", {
      params: { path, query: { token: "t" } },
      body: "email\n",
      bodySerializer: String,
      headers: { "Content-Type": "text/csv" },
    });
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("is repeated after a reset, and returns the 409 that means that a file has arrived", async () => {
    server.answerWith(reset, { status: 409, body: { code: 20409 } });
    const { connection } = connected();
    expect(await upload({ connection })).toMatchObject({ error: { code: 20409 }, response: { status: 409 } });
    expect(server.requests).toHaveLength(2);
  });

  it("returns the error body of a rejection", async () => {
    server.answerWith({ status: 403, body: { code: 403, message: "expired", more_info: "i", status: 403 } });
    expect(await upload()).toMatchObject({ error: { code: 403 }, response: { status: 403 } });
  });

  it.each(["", "/uploads/x", "ftp://host/x"])("to %j is rejected before anything is sent", async (url) => {
    await expect(uploadImportFile(url, "email\n")).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: "url",
    });
  });
});

describe("under a storm of 429, 503, resets, truncated and slow bodies", () => {
  it("every profile that is created is there, once", async () => {
    const sandbox = await sandboxProcess();
    onTestFinished(() => sandbox.stop());
    await sandbox.plan([
      { times: 12, fault: { kind: "status", status: 429, retryAfter: 1 } },
      { probability: 0.04, fault: { kind: "status", status: 503 } },
      { probability: 0.04, fault: { kind: "reset" } },
      { probability: 0.04, fault: { kind: "truncate" } },
      { probability: 0.04, fault: { kind: "slow", bytesPerSecond: 1000 } },
    ]);
    const memory = createMemoryClient({
      baseUrl: sandbox.url,
      credentials: sandbox.credentials,
      retry: { attempts: 10, baseMs: 5 },
    });
    const client = createFetchClient({ connection: memory.connection });
    const creating = Array.from({ length: 200 }, (_, number) =>
      client.POST(STORE, {
        params: { path: { storeId } },
        body: { traits: { Contact: { email: `person${number}@example.com` } } },
      }),
    );
    const ids = (await Promise.all(creating)).map(({ data }) => data?.id);
    expect(await sandbox.fired()).toBeGreaterThan(12);
    await sandbox.recover();
    const listed = await memory.store(storeId).profiles.list().toArray({ limit: 10_000 });
    expect(new Set(listed)).toEqual(new Set(ids));
    expect(listed).toHaveLength(200);
  });
});
