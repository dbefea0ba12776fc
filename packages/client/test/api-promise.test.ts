import { createMemoryClient, isMemoryApiError, type Outcome } from "@memory-api/client";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { recordingServer } from "./recording-server.ts";

const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const profile = { id: profileId, createdAt: "2026-01-01T00:00:00Z", traits: {} };

const errorBody = (status: number, message: string) => ({
  code: 20000 + status,
  message,
  more_info: "https://example.com",
  status,
});
let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());

const fetchProfile = () =>
  createMemoryClient({
    baseUrl: server.url,
    credentials: { apiKey: "key", apiSecret: "secret" },
    retry: false,
  }).operations.fetchProfile({ path: { storeId, profileId } });

/** Handles every documented outcome. It does not compile if one is missing. */
function detailOf(outcome: Outcome<"fetchProfile">): string {
  switch (outcome.status) {
    case 200:
      return outcome.value.id;
    case 301:
      return outcome.error.body.uri;
    case 429:
      return outcome.error.headers.get("Retry-After");
    case 400:
    case 401:
    case 403:
    case 404:
    case 500:
    case 503:
      return outcome.error.body.message;
    case "undocumented":
      return outcome.error.bodyText ?? "";
    case "invalid":
    case "unanswered":
      return String(outcome.error);
    default:
      return outcome satisfies never;
  }
}

describe("a call", () => {
  it("resolves to the body of a success", async () => {
    server.respondWith({ status: 200, body: profile });
    expect(await fetchProfile()).toEqual(profile);
    expect(await fetchProfile().then(({ id }) => id)).toBe(profileId);
  });

  it("sends one request, however often its result is read", async () => {
    server.requests.length = 0;
    server.respondWith({ status: 200, body: profile });
    const call = fetchProfile();
    await Promise.all([call, call, call.withResponse(), call.safe()]);
    expect(server.requests).toHaveLength(1);
  });

  it("returns status, headers, request ID and attempts with the value", async () => {
    server.respondWith({ status: 200, headers: { "x-request-id": "r1" }, body: profile });
    const { headers, ...rest } = await fetchProfile().withResponse();
    const bodyText = JSON.stringify(profile);
    expect(rest).toEqual({ value: profile, status: 200, bodyText, requestId: "r1", attempts: 1 });
    expect(headers.get("X-Request-Id")).toBe("r1");
  });

  it("supports catch and finally, like any promise", async () => {
    server.respondWith({ status: 404, body: errorBody(404, "gone") });
    let settled = 0;
    expect(await fetchProfile().catch((error) => isMemoryApiError(error, "fetchProfile", 404))).toBe(true);
    await expect(fetchProfile().finally(() => settled++)).rejects.toMatchObject({ status: 404 });

    expect(settled).toBe(1);
  });

  it("is an ApiPromise to a program that prints it", async () => {
    server.respondWith({ status: 200, body: profile });
    const call = fetchProfile();
    expect(Object.prototype.toString.call(call)).toBe("[object ApiPromise]");
    await call;
  });

  it("that fails and is never awaited is an unhandled rejection, like any promise", async () => {
    server.respondWith({ status: 404 });
    const seen = new Promise<unknown>((resolve) => {
      const others = process.listeners("unhandledRejection");
      process.removeAllListeners("unhandledRejection");
      process.once("unhandledRejection", resolve);
      onTestFinished(() => {
        for (const listener of others) process.on("unhandledRejection", listener);
      });
    });
    fetchProfile();
    expect(await seen).toMatchObject({ status: 404 });
  });
});

describe("safe", () => {
  it.each([
    ["a success", { status: 200, body: profile }, profileId],
    ["a documented error", { status: 404, body: errorBody(404, "gone") }, "gone"],
    ["a redirect", { status: 301, body: { message: "moved", uri: "https://example.com/" } }, "https://example.com/"],
    ["a documented header", { status: 429, headers: { "retry-after": "3" }, body: errorBody(429, "slow") }, "3"],
    ["an undocumented status", { status: 418, body: "teapot" }, "teapot"],
    ["a documented status whose body is not valid JSON", { status: 503, body: "<h1>" }, "<h1>"],
    ["a documented status whose body is empty", { status: 503 }, ""],
    ["a documented status whose body is a problem of RFC 9457", { status: 503, body: { title: "full" } }, ""],
    ["an undocumented status with an error body", { status: 418, body: errorBody(418, "no") }, ""],
    ["a 2xx response that cannot be read", { status: 200, body: "<p>" }, "<p>"],
    [
      "a 2xx response with the body of a redirect",
      { status: 200, body: { message: "moved", uri: "https://example.com/" } },
      '{"message":"moved","uri":"https://example.com/"}',
    ],
  ])("identifies %s by its status", async (_, response, expected) => {
    server.respondWith(response);
    const outcome = await fetchProfile().safe();
    expect(detailOf(outcome)).toBe(expected);
    expect(outcome.ok).toBe(outcome.status === 200);
  });

  it('has the status "unanswered" if no response arrives', async () => {
    server.respondWith((response) => response.socket?.destroy());
    const outcome = await fetchProfile().safe();
    expect(outcome).toMatchObject({ ok: false, status: "unanswered", error: { name: "ConnectionError" } });
  });

  it('has the status "unanswered" if a parameter is invalid', async () => {
    const { operations } = createMemoryClient({ credentials: { apiKey: "key", apiSecret: "secret" } });
    // @ts-expect-error: not the ID of a store
    const outcome = await operations.listProfileImportsV2({ path: { storeId: "../.." } }).safe();
    expect(outcome).toMatchObject({ status: "unanswered", error: { parameter: "storeId" } });
  });
});

describe("types", () => {
  it("are those of the contract, by operation and status", async () => {
    server.respondWith({ status: 429, headers: { "retry-after": "3" }, body: errorBody(429, "slow down") });
    const error: unknown = await fetchProfile().catch((thrown) => thrown);
    if (!isMemoryApiError(error, "fetchProfile", 429)) throw new Error("The error is not a 429 of fetchProfile.");
    const retryAfter: string = error.headers.get("Retry-After");
    // @ts-expect-error: an undocumented header may be missing
    const requestId: string = error.headers.get("X-Request-Id");
    expect([retryAfter, requestId, error.body.message]).toEqual(["3", null, "slow down"]);
    // @ts-expect-error: 409 is not a status of this operation
    expect(isMemoryApiError(error, "fetchProfile", 409)).toBe(false);
  });
});
