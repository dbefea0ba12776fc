import { describe, expect, it, onTestFinished } from "vitest";
import { createMemoryClient } from "../../src/create-memory-client.ts";
import { MemoryApiError } from "../../src/errors/memory-api-error.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import { createFetchClient } from "../../src/openapi-fetch/index.ts";
import { sandboxProcess } from "../sandbox-process.ts";
import {
  basic,
  body,
  connected,
  credentials,
  found,
  IMPORTS,
  init,
  notFound,
  PROFILE,
  profileId,
  reset,
  STORE,
  server,
  storeId,
  traits,
} from "./client-of-servers.ts";

describe("a request that fails temporarily", () => {
  it.each([429, 500, 502, 503, 504])("is retried after a %i", async (status) => {
    server.respondWith({ status }, { status }, found);
    const { data } = await connected().client.GET(PROFILE, init);
    expect([data?.id, server.requests.length]).toEqual([profileId, 3]);
  });

  it("is retried with the same body and credentials after a reset", async () => {
    server.respondWith(reset, { status: 202, body: { id: profileId, message: "ok" } });
    await connected().client.POST(STORE, { params: { path: { storeId } }, body: { traits } });
    const [first, second] = server.requests;
    expect(first).toMatchObject({
      method: "POST",
      headers: { authorization: basic, "content-type": "application/json" },
    });
    expect([second?.body, second?.headers.authorization]).toEqual([JSON.stringify({ traits }), basic]);
  });

  it("resolves to the last response after the last allowed attempt", async () => {
    server.respondWith(
      { status: 500 },
      { status: 503, body: { code: 20503, message: "m", more_info: "i", status: 503 } },
    );
    const { error, response } = await connected({ retry: { attempts: 3 } }).client.GET(PROFILE, init);
    expect([error?.code, response.status, server.requests.length]).toEqual([20503, 503, 3]);
  });

  it("waits as long as Retry-After asks", async () => {
    server.respondWith({ status: 429, headers: { "retry-after": "7" } }, found);
    const { client, pauses } = connected();
    await client.GET(PROFILE, init);
    expect(pauses).toEqual([7050]);
  });

  it("shares the pause after a 429 with the SDK on the same connection", async () => {
    server.respondWith({ status: 429, headers: { "retry-after": "9" } }, found);
    const { connection, client, pauses } = connected();
    await fetchProfile(connection, { path: init.params.path }, { retry: false }).safe();
    await client.GET(PROFILE, init);
    expect(pauses).toEqual([9050]);
  });

  it("rejects with a ConnectionError if no response arrives, and does not repeat the creation of an import", async () => {
    server.respondWith(reset);
    const call = connected().client.POST(IMPORTS, { params: { path: { storeId } }, body });
    await expect(call).rejects.toMatchObject({ name: "ConnectionError", mayHaveArrived: true, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });
});

describe("attempts that overlap", () => {
  it("have the result of the last one, even if an earlier one succeeds late", async () => {
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

  it("do not change an error that the caller's middleware threw", async () => {
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

describe("under 429, 503, resets, truncated and slow bodies", () => {
  it("every created profile exists once", async () => {
    const sandbox = await sandboxProcess();
    onTestFinished(() => sandbox.stop());
    await sandbox.planFaults([
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
    const calls = Array.from({ length: 200 }, (_, number) =>
      client.POST(STORE, {
        params: { path: { storeId } },
        body: { traits: { Contact: { email: `person${number}@example.com` } } },
      }),
    );
    const ids = (await Promise.all(calls)).map(({ data }) => data?.id);
    expect(await sandbox.faultCount()).toBeGreaterThan(12);
    await sandbox.recover();
    const listed = await memory.store(storeId).profiles.list().toArray({ limit: 10_000 });
    expect(new Set(listed)).toEqual(new Set(ids));
    expect(listed).toHaveLength(200);
  });
});
