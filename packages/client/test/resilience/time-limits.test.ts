import { getEventListeners } from "node:events";
import type { ServerResponse } from "node:http";
import { createMemoryClient } from "@memory-api/client";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { CallOptions, Middleware } from "../../src/connection/client-options.ts";
import { connectionWith } from "../../src/connection/connection.ts";
import { listProfileImportsV2 } from "../../src/generated/operations.ts";
import { errorOf } from "../error-of.ts";
import { recordingServer } from "../recording-server.ts";
import { fakeEnvironment } from "./fake-environment.ts";
import { endAfter, stopTimers } from "./stopped-timers.ts";

const storeId = "mem_store_00000000000000000000000000";
const path = { storeId } as const;

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

const credentials = { apiKey: "key", apiSecret: "secret" };
const client = (options: Partial<Parameters<typeof createMemoryClient>[0]> = {}) =>
  createMemoryClient({ baseUrl: server.url, credentials, ...options }).operations;

const never = () => {};
const halfABody = (response: ServerResponse) => {
  response.writeHead(200, { "content-length": 100 });
  response.write("{");
};
/** Resolves once the client has cut the connection of its request. */
const cut = () =>
  new Promise<void>((resolve) => {
    server.respondWith((response) => response.once("close", resolve));
  });

/** Starts a call, and returns once an attempt hangs. Only `endAfter` lets time pass for that attempt. */
async function hangingCall(
  awaited: "response" | "body",
  options: CallOptions,
  ...earlier: Parameters<typeof server.respondWith>
) {
  stopTimers();
  const hangs = Promise.withResolvers<void>();
  server.respondWith(...earlier, (response) => (awaited === "body" ? halfABody(response) : hangs.resolve()));
  const middleware: Middleware = async (request, next) => {
    const response = await next(request);
    if (response.ok) hangs.resolve();
    return response;
  };
  const connection = connectionWith(fakeEnvironment(), { baseUrl: server.url, credentials, middleware: [middleware] });
  const call = listProfileImportsV2(connection, { path }, options);
  call.catch(() => {});
  await hangs.promise;
  return { call };
}

describe("the limit of an attempt", () => {
  it.each(["response", "body"] as const)(
    "ends an attempt that waits for the %s, and the call is retried",
    async (awaited) => {
      const { call } = await hangingCall(awaited, { timeout: 1000 });
      server.respondWith({ status: 200, body: { imports: [] } });
      await endAfter(1000, call);
      expect(await call.withResponse()).toMatchObject({ attempts: 2 });
    },
  );

  it("is named in the error after the last attempt", async () => {
    server.respondWith(never);
    const call = client({ timeout: 20, retry: { attempts: 2, baseMs: 1 } }).listProfileImportsV2({ path });
    await expect(call).rejects.toMatchObject({ name: "TimeLimitError", limit: "attempt", ms: 20, attempts: 2 });
  });

  it("is the same error on a platform that cannot capture stacks", async () => {
    const { captureStackTrace } = Error;
    onTestFinished(() => {
      Error.captureStackTrace = captureStackTrace;
    });
    server.respondWith(never);
    const call = client({ timeout: 20, retry: false }).listProfileImportsV2({ path });
    Reflect.deleteProperty(Error, "captureStackTrace");
    await expect(call).rejects.toMatchObject({ name: "TimeLimitError", limit: "attempt" });
  });

  it("can be infinite", async () => {
    server.respondWith({ status: 200, body: { imports: [] } });
    const unlimited = { timeout: Number.POSITIVE_INFINITY, deadline: Number.POSITIVE_INFINITY };
    expect(await client(unlimited).listProfileImportsV2({ path })).toEqual({ imports: [] });
  });
});

describe("the deadline of a call", () => {
  it.each(["response", "body"] as const)("ends it while it waits for the %s", async (awaited) => {
    const { call } = await hangingCall(awaited, { deadline: 1000 });
    expect(await endAfter(999, call)).toBe("pending");
    expect(await endAfter(1, call)).toMatchObject({
      name: "TimeLimitError",
      limit: "deadline",
      ms: 1000,
      attempts: 1,
    });
  });

  it("is not named if it is equal to the limit of the attempt", async () => {
    const { call } = await hangingCall("response", { timeout: 1000, deadline: 1000, retry: false });
    expect(await endAfter(1000, call)).toMatchObject({ limit: "attempt", ms: 1000 });
  });

  it("leaves a later attempt only the time that earlier attempts and pauses have left", async () => {
    const earlier = { status: 503, headers: { "retry-after": "7" } };
    const { call } = await hangingCall("response", { deadline: 10_000 }, earlier);
    expect(await endAfter(2999, call)).toBe("pending");
    expect(await endAfter(1, call)).toMatchObject({ limit: "deadline", ms: 10_000, attempts: 2 });
  });
});

describe("a signal", () => {
  const reason = new Error("no longer needed");

  it("that is already aborted prevents sending", async () => {
    const call = client().listProfileImportsV2({ path }, { signal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it("ends a call that waits for its response, and its connection, with its own reason", async () => {
    const connectionIsCut = cut();
    const controller = new AbortController();
    const call = client().listProfileImportsV2({ path }, { signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await connectionIsCut;
  });

  it("ends a call that receives the body of its response", async () => {
    server.respondWith(halfABody);
    const controller = new AbortController();
    const call = client().listProfileImportsV2({ path }, { signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it("ends the pause between two attempts", async () => {
    server.respondWith({ status: 503, headers: { "retry-after": "50" } });
    const controller = new AbortController();
    const onRetry = () => controller.abort(reason);
    const call = client({ onRetry }).listProfileImportsV2({ path }, { signal: controller.signal });
    await expect(call).rejects.toBe(reason);
  });

  it("ends the pause of the whole client", async () => {
    server.respondWith({ status: 429, headers: { "retry-after": "50" } });
    const operations = client();
    await expect(operations.listProfileImportsV2({ path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    const controller = new AbortController();
    const call = operations.listProfileImportsV2({ path }, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it("ends a call even if the transport ignores it", async () => {
    const controller = new AbortController();
    const ignoring = client({ fetch: () => new Promise(() => {}) });
    const call = ignoring.listProfileImportsV2({ path }, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it("leaves no timer behind if the transport ignores it", async () => {
    stopTimers();
    const controller = new AbortController();
    const call = client({ fetch: () => new Promise(never) }).listProfileImportsV2({ path }, controller);
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("keeps no listener of a call that timed out, even if the transport ignores the time limit", async () => {
    stopTimers();
    const { signal } = new AbortController();
    const operations = client({ fetch: () => new Promise(never), timeout: 1000, retry: false });
    const call = operations.listProfileImportsV2({ path }, { signal });
    call.catch(never);
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    expect(await endAfter(1000, call)).toMatchObject({ limit: "attempt" });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("ends a call without a retry if its reason is the error of another call", async () => {
    server.respondWith({ status: 503 });
    const failed = await errorOf(client({ retry: false }).listProfileImportsV2({ path }));
    const onRetry = vi.fn();
    const controller = new AbortController();
    const call = client({ fetch: () => new Promise(never), onRetry }).listProfileImportsV2({ path }, controller);
    controller.abort(failed);
    await expect(call).rejects.toBe(failed);
    expect(onRetry).not.toHaveBeenCalled();
  });

  it("keeps no listener once its calls are over", async () => {
    server.respondWith({ status: 200, body: { imports: [] } });
    const controller = new AbortController();
    const { signal } = controller;
    const operations = client();
    for (let call = 0; call < 20; call++) await operations.listProfileImportsV2({ path }, { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
