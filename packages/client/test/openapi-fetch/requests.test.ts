import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createFetchClient } from "../../src/openapi-fetch/index.ts";
import { stopTimers } from "../resilience/stopped-timers.ts";
import {
  basic,
  connected,
  credentials,
  found,
  init,
  PROFILE,
  profileId,
  STORE,
  server,
  storeId,
  traits,
} from "./client-of-servers.ts";

describe("a request body", () => {
  const token = {
    params: { path: { importId: "mem_import_01kkbk0tfteqn89st3b7v4f5y8" }, query: { token: "t" } },
  } as const;

  it("is not attached to a GET on a platform whose requests have no body property, as Firefox", async () => {
    const descriptor = Object.getOwnPropertyDescriptor(Request.prototype, "body");
    if (descriptor === undefined) throw new Error("Request has no property body.");
    Reflect.deleteProperty(Request.prototype, "body");
    onTestFinished(() => void Object.defineProperty(Request.prototype, "body", descriptor));
    const { client } = connected({ fetch: (url, given) => globalThis.fetch(url, given) });
    expect((await client.GET(PROFILE, init)).data?.id).toBe(profileId);
    server.respondWith({ status: 202, body: { message: "ok" } });
    await client.DELETE(PROFILE, init);
    expect(server.requests.map(({ body, headers }) => [body, headers["content-type"]])).toEqual([
      ["", undefined],
      ["", undefined],
    ]);
  });

  it.each([
    ["bytes that are not UTF-8", new Uint8Array([0xef, 0xbb, 0xbf, 0x65, 0xe9, 0xff, 0x0a])],
    ["a byte order mark", new TextEncoder().encode("\uFEFFemail\n")],
  ])("of %s is sent unchanged", async (_, bytes) => {
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
  it("with braces is sent unchanged", async () => {
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

  it("of the connection can replace the result", async () => {
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
  it("include the body of a response", async () => {
    server.respondWith((response) => response.writeHead(200).write('{"id":'));
    stopTimers();
    const client = createFetchClient({ baseUrl: server.url, credentials, timeout: 50, retry: false });
    const call = client.GET(PROFILE, init);
    await expect.poll(() => server.requests.length).toBe(1);
    vi.advanceTimersByTime(50);
    await expect(call).rejects.toMatchObject({ name: "TimeLimitError", limit: "attempt", ms: 50 });
  });

  it("do not prevent an abort by the signal of a request", async () => {
    server.respondWith(() => {});
    const controller = new AbortController();
    const call = connected().client.GET(PROFILE, { ...init, signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(new Error("The page was left."));
    await expect(call).rejects.toThrow("The page was left.");
  });
});
