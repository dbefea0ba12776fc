import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { ClientOptions } from "../../src/connection/client-options.ts";
import { connectionIn } from "../../src/connection/connection.ts";
import { createMemoryClient } from "../../src/create-memory-client.ts";
import { MemoryApiError } from "../../src/errors/memory-api-error.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import { createFetchClient, profileMoved, throwMemoryErrors, uploadImportFile } from "../../src/openapi-fetch/index.ts";
import type { FetchResponse } from "../../src/transports/fetch.ts";
import { errorOf } from "../error-of.ts";
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
const notFound = {
  code: 20404,
  message: "No profile has this ID",
  more_info: "https://example.com/20404",
  status: 404,
};
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
    for (const name of ["API_KEY", "API_SECRET", "ACCOUNT_SID", "AUTH_TOKEN"]) vi.stubEnv(`TWILIO_${name}`, undefined);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(() => createFetchClient({ baseUrl: server.url })).toThrow("No credentials");
  });
});

describe("an Authorization of the request", () => {
  it.each(["Bearer a.b.c-secret", "Bearer abcdefghsecret", "Token x-secret", "Basic %%%secret"])(
    "%s does not break a failure, and is not in its error",
    async (given) => {
      const [, secret = ""] = given.split(" ");
      server.answerWith({ status: 503 }, { status: 404, body: { ...notFound, message: `Bad ${secret}` } });
      const { client } = connected();
      client.use(throwMemoryErrors);
      const error = await errorOf(client.GET(PROFILE, { ...init, headers: { Authorization: given } }));
      expect(error).toMatchObject({ name: "MemoryApiError", status: 404, message: "Bad …", attempts: 2 });
    },
  );
});

describe("throwMemoryErrors", () => {
  const body = { ...notFound, message: "ada.reyes@example.com is not allowed; key, secret" };
  const call = (client: ReturnType<typeof createFetchClient>) =>
    errorOf(client.POST(STORE, { params: { path: { storeId } }, body: { traits } }));

  it.each([
    ["alone", undefined],
    [
      "after middleware that replaces the response",
      ({ response }: { response: Response }) => new Response(response.body, response),
    ],
  ])("keeps secrets and trait values out of the error, %s", async (_, onResponse) => {
    server.answerWith({ status: 500 }, { status: 400, body });
    const { client } = connected();
    client.use(throwMemoryErrors, ...(onResponse ? [{ onResponse }] : []));
    expect(await call(client)).toMatchObject({ status: 400, message: "… is not allowed; …, …", attempts: 2 });
  });
});

describe("a request body", () => {
  const token = {
    params: { path: { importId: "mem_import_01kkbk0tfteqn89st3b7v4f5y8" }, query: { token: "t" } },
  } as const;

  it("is not attached to a GET on a platform whose requests have no body property, as Firefox", async () => {
    const descriptor = Object.getOwnPropertyDescriptor(Request.prototype, "body");
    if (descriptor === undefined) throw new Error("Request has no body to take away.");
    Reflect.deleteProperty(Request.prototype, "body");
    onTestFinished(() => void Object.defineProperty(Request.prototype, "body", descriptor));
    const { client } = connected({ fetch: (url, given) => globalThis.fetch(url, given) });
    expect((await client.GET(PROFILE, init)).data?.id).toBe(profileId);
    server.answerWith({ status: 202, body: { message: "ok" } });
    await client.DELETE(PROFILE, init);
    expect(server.requests.map(({ body, headers }) => [body, headers["content-type"]])).toEqual([
      ["", undefined],
      ["", undefined],
    ]);
  });

  it.each([
    ["bytes that are not UTF-8", new Uint8Array([0xef, 0xbb, 0xbf, 0x65, 0xe9, 0xff, 0x0a])],
    ["a byte order mark", new TextEncoder().encode("\uFEFFemail\n")],
  ])("of %s is sent as it is", async (_, bytes) => {
    let sent: unknown;
    const { client } = connected({
      fetch: async (_url, { body }) => {
        sent = body;
        return new Response(null, { status: 200 });
      },
    });
    await client.PUT("/uploads/{importId}", {
      ...token,
      body: "",
      bodySerializer: () => bytes,
      headers: { "Content-Type": "text/csv" },
    });
    expect(sent).toEqual(bytes);
  });

  it("that never ends is subject to the time limit", async () => {
    const client = createFetchClient({ baseUrl: server.url, credentials, timeout: 50, retry: false });
    const body = new ReadableStream({ pull: () => new Promise(() => {}) });
    const stalled = {
      ...token,
      body: "",
      bodySerializer: () => body,
      duplex: "half" as const,
      headers: { "Content-Type": "text/csv" },
    };
    await expect(client.PUT("/uploads/{importId}", stalled)).rejects.toMatchObject({ name: "TimeLimitError", ms: 50 });
  });

  it("has one Content-Type after middleware of the connection that sets it", async () => {
    const { client } = connected({
      fetch: (url, given) => globalThis.fetch(url, given),
      middleware: [
        (request, next) =>
          next({ ...request, headers: { ...request.headers, "Content-Type": "application/json; charset=utf-8" } }),
      ],
    });
    await client.POST(STORE, { params: { path: { storeId } }, body: { traits } });
    expect(server.requests[0]?.headers["content-type"]).toBe("application/json; charset=utf-8");
  });
});

describe("a query", () => {
  it("with braces is sent as it is", async () => {
    await connected().client.GET(PROFILE, { ...init, querySerializer: () => "traitGroups={profileId}" });
    expect(server.requests[0]?.url).toMatch(/\?traitGroups=(\{|%7B)profileId(\}|%7D)$/);
  });
});

describe("a path parameter", () => {
  it.each([
    "..",
    ".",
    "",
    "a/b",
    "../Bulk",
    "Bulk",
    "Imports",
    "%zz",
    `${profileId}?x=1`,
    "mem_profile_8zzzzzzzzzzzzzzzzzzzzzzzzz",
  ])("that is %j is rejected, and nothing is sent", async (given) => {
    const path = { storeId, profileId: given as typeof profileId } as const;
    const { client } = connected();
    const invalid = { name: "InvalidParameterError", parameter: "profileId" };
    await expect(client.DELETE(PROFILE, { params: { path } })).rejects.toMatchObject(invalid);
    await expect(client.GET(PROFILE, { params: { path } })).rejects.toMatchObject(invalid);
    expect(server.requests).toEqual([]);
  });
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
    const made = {
      ok: true,
      status: 200,
      headers: new Headers(),
      text: async () => JSON.stringify({ ...found.body, id: "made" }),
    };
    const { client } = connected({ middleware: [async () => made] });
    expect((await client.GET(PROFILE, init)).data?.id).toBe("made");
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
    const documented = [
      "allow",
      "canonical-profile-id",
      "content-type",
      "location",
      "retry-after",
      "www-authenticate",
      "x-request-id",
    ];
    const headers = { get: (name: string) => (documented.includes(name) ? `${name} 1` : null) };
    const fetch = async () => ({ status: 404, ok: false, headers, text: async () => "{}" });
    const { response } = await connected({ fetch }).client.GET(PROFILE, init);
    expect([...response.headers]).toEqual(documented.map((name) => [name, `${name} 1`]));
  });

  it("without a body may come with a status that has none", async () => {
    const { client } = connected({ fetch: async () => new Response(null, { status: 304 }) });
    expect((await client.GET(PROFILE, init)).response.status).toBe(304);
  });
});

describe("headers of a response", () => {
  it("keep each cookie apart", async () => {
    server.answerWith((response) => response.writeHead(404, { "set-cookie": ["a=1; Path=/", "b=2"] }).end("{}"));
    const { response } = await connected().client.GET(PROFILE, init);
    expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
  });

  it("do not claim a coding that was decoded, nor a type that was not sent", async () => {
    const packed = gzipSync(JSON.stringify(notFound));
    server.answerWith((response) =>
      response.writeHead(404, { "content-encoding": "gzip", "content-length": packed.length }).end(packed),
    );
    const { response } = await connected().client.GET(PROFILE, init);
    expect([...response.headers.keys()]).toEqual(
      expect.not.arrayContaining(["content-encoding", "content-length", "content-type"]),
    );
  });

  it("of another implementation of Headers are all kept", async () => {
    const pairs = [
      ["canonical-profile-id", canonicalProfileId],
      ["x-rate", "7"],
    ] as const;
    const headers = {
      get: (name: string) => pairs.find(([known]) => known === name.toLowerCase())?.[1] ?? null,
      raw: () => ({}),
      [Symbol.iterator]: () => pairs[Symbol.iterator](),
    };
    const fetch = async () => ({
      status: 308,
      ok: false,
      headers: Object(headers),
      text: async () => JSON.stringify({ message: "m", uri: "u" }),
    });
    const result = await connected({ fetch }).client.DELETE(PROFILE, init);
    expect(result.response.headers.get("x-rate")).toBe("7");
    expect(profileMoved(result)).toMatchObject({ canonicalProfileId });
  });
});

describe("a response that the contract does not have", () => {
  it("rejects if it is a success without the JSON of the operation", async () => {
    server.answerWith({ status: 200, headers: { "content-type": "text/html" }, body: "<h1>Welcome</h1>" });
    await expect(connected().client.GET(PROFILE, init)).rejects.toMatchObject({ name: "MemoryApiError", status: 200 });
  });

  it("has an error even if its body is empty", async () => {
    server.answerWith({ status: 502, headers: { "content-length": "0" } });
    const { data, error } = await connected({ retry: false }).client.GET(PROFILE, init);
    expect({ data, error }).toEqual({ data: undefined, error: expect.objectContaining({ status: 502, code: 502 }) });
  });

  it("rejects if its status is none that a Response can have", async () => {
    server.answerWith((response) => response.writeHead(700).end("{}"));
    await expect(connected().client.GET(PROFILE, init)).rejects.toMatchObject({ name: "MemoryApiError", status: 700 });
  });

  it("is a moved profile by its status and header, even without a body", async () => {
    server.answerWith({ status: 308, headers: { "canonical-profile-id": canonicalProfileId } });
    expect(profileMoved(await connected().client.DELETE(PROFILE, init))).toEqual({
      status: 308,
      canonicalProfileId,
      body: undefined,
    });
  });
});

describe("attempts that overlap", () => {
  it("give the result of the last one, although an earlier one succeeds late", async () => {
    const late = Promise.withResolvers<Response>();
    let calls = 0;
    const fetch = () => {
      calls++;
      if (calls === 1) return late.promise;
      late.resolve(Response.json({ id: "LATE" }));
      return Promise.resolve(Response.json(notFound, { status: 404 }));
    };
    const client = createFetchClient({ baseUrl: server.url, credentials, fetch, timeout: 20, retry: { baseMs: 0 } });
    const { data, error } = await client.GET(PROFILE, init);
    expect([calls, data, error?.code]).toEqual([2, undefined, 20404]);
  });

  it("leave an error of the caller's own middleware as it is", async () => {
    const own = new MemoryApiError({
      operationId: "fetchProfile",
      status: 418,
      headers: new Headers(),
      body: {},
      attempts: 1,
      now: 0,
    });
    const { client } = connected({ middleware: [() => Promise.reject(own)] });
    await expect(client.GET(PROFILE, init)).rejects.toBe(own);
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

  it("keeps braces in its URL, and sends bytes as they are", async () => {
    server.answerWith({ status: 200 });
    await uploadImportFile(`${server.url}/a.csv?sig={abc}`, new TextEncoder().encode("\uFEFFemail\n"));
    expect(server.requests[0]).toMatchObject({ url: "/a.csv?sig={abc}", headers: { "content-length": "9" } });
  });

  it("does not depend on the environment", async () => {
    vi.stubEnv("MEMORY_BASE_URL", "nowhere");
    onTestFinished(() => void vi.unstubAllEnvs());
    server.answerWith({ status: 200 });
    expect(await upload()).toMatchObject({ data: undefined });
  });

  it("returns an error that is not JSON as text, and one without a body as an error body", async () => {
    server.answerWith({ status: 403, body: "<Error>AccessDenied</Error>" });
    expect(await upload()).toMatchObject({ error: "<Error>AccessDenied</Error>" });
    server.answerWith({ status: 403 });
    expect(await upload()).toMatchObject({ error: { status: 403 } });
  });

  it("is repeated after a reset, and returns the 409 that means that a file has arrived", async () => {
    server.answerWith(reset, { status: 409, body: { ...notFound, code: 20409 } });
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
