import type { ServerResponse } from "node:http";
import { createMemoryClient } from "@memory-api/client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordingServer } from "../recording-server.ts";

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

const client = (options: Partial<Parameters<typeof createMemoryClient>[0]> = {}) =>
  createMemoryClient({ baseUrl: server.url, credentials: { apiKey: "key", apiSecret: "secret" }, ...options })
    .operations;

const never = () => {};
const halfABody = (response: ServerResponse) => {
  response.writeHead(200, { "content-length": 100 });
  response.write("{");
};
/** Resolves once the client has cut the connection of its request. */
const cut = () =>
  new Promise<void>((resolve) => {
    server.answerWith((response) => response.once("close", resolve));
  });

describe("the limit of an attempt", () => {
  it.each([
    ["no answer", never],
    ["half a body", halfABody],
  ])("ends an attempt that gets %s, and another one follows", async (_, answer) => {
    server.answerWith(answer, { status: 200, body: { imports: [] } });
    const { attempts } = await client({ timeout: 50, retry: { baseMs: 1 } })
      .listProfileImportsV2({ path })
      .withResponse();
    expect(attempts).toBe(2);
  });

  it("is an error that says which limit it was, once no attempt is left", async () => {
    server.answerWith(never);
    const call = client({ timeout: 20, retry: { attempts: 2, baseMs: 1 } }).listProfileImportsV2({ path });
    await expect(call).rejects.toMatchObject({ name: "TimeLimitError", limit: "attempt", ms: 20, attempts: 2 });
  });

  it("can be for ever", async () => {
    server.answerWith({ status: 200, body: { imports: [] } });
    const forEver = { timeout: Number.POSITIVE_INFINITY, deadline: Number.POSITIVE_INFINITY };
    expect(await client(forEver).listProfileImportsV2({ path })).toEqual({ imports: [] });
  });
});

describe("the deadline of a call", () => {
  it.each([
    ["no answer", never],
    ["half a body", halfABody],
  ])("ends it while it gets %s", async (_, answer) => {
    server.answerWith(answer);
    const call = client({ deadline: 30 }).listProfileImportsV2({ path });
    await expect(call).rejects.toMatchObject({ name: "TimeLimitError", limit: "deadline", ms: 30, attempts: 1 });
  });
});

describe("a signal", () => {
  const reason = new Error("no longer needed");

  it("that is aborted already sends nothing", async () => {
    const call = client().listProfileImportsV2({ path }, { signal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it("ends a call that waits for its answer, and its connection, with its own reason", async () => {
    const connectionIsCut = cut();
    const controller = new AbortController();
    const call = client().listProfileImportsV2({ path }, { signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await connectionIsCut;
  });

  it("ends a call whose body is under way", async () => {
    server.answerWith(halfABody);
    const controller = new AbortController();
    const call = client().listProfileImportsV2({ path }, { signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it("ends the pause between two attempts", async () => {
    server.answerWith({ status: 503, headers: { "retry-after": "50" } });
    const controller = new AbortController();
    const onRetry = () => controller.abort(reason);
    const call = client({ onRetry }).listProfileImportsV2({ path }, { signal: controller.signal });
    await expect(call).rejects.toBe(reason);
  });

  it("ends the pause of the whole client", async () => {
    server.answerWith({ status: 429, headers: { "retry-after": "50" } });
    const operations = client();
    await expect(operations.listProfileImportsV2({ path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    const controller = new AbortController();
    const call = operations.listProfileImportsV2({ path }, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(server.requests).toHaveLength(1);
  });

  it("ends a call even where the transport does not listen", async () => {
    const controller = new AbortController();
    const deaf = client({ fetch: () => new Promise(() => {}) });
    const call = deaf.listProfileImportsV2({ path }, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
  });

  it("keeps no listener once its calls are over", async () => {
    server.answerWith({ status: 200, body: { imports: [] } });
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...given: Parameters<typeof add>) => {
      listeners++;
      add(...given);
    };
    signal.removeEventListener = (...given: Parameters<typeof remove>) => {
      listeners--;
      remove(...given);
    };
    const operations = client();
    for (let call = 0; call < 20; call++) await operations.listProfileImportsV2({ path }, { signal });
    expect(listeners).toBe(0);
  });
});
