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

/** Holds every documented way to end in one place: a missing one does not compile. */
function told(outcome: Outcome<"fetchProfile">): string {
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
  it("is the body of the success when it is awaited", async () => {
    server.answerWith({ status: 200, body: profile });
    expect(await fetchProfile()).toEqual(profile);
    expect(await fetchProfile().then(({ id }) => id)).toBe(profileId);
  });

  it("is one request, however often it is asked for its end", async () => {
    server.requests.length = 0;
    server.answerWith({ status: 200, body: profile });
    const call = fetchProfile();
    await Promise.all([call, call, call.withResponse(), call.safe()]);
    expect(server.requests).toHaveLength(1);
  });

  it("gives status, headers, request ID and attempts beside the value", async () => {
    server.answerWith({ status: 200, headers: { "x-request-id": "r1" }, body: profile });
    const { headers, ...rest } = await fetchProfile().withResponse();
    const bodyText = JSON.stringify(profile);
    expect(rest).toEqual({ value: profile, status: 200, bodyText, requestId: "r1", attempts: 1 });
    expect(headers.get("X-Request-Id")).toBe("r1");
  });

  it("can be caught and ended as any promise", async () => {
    server.answerWith({ status: 404, body: errorBody(404, "gone") });
    let ended = 0;
    expect(await fetchProfile().catch((error) => isMemoryApiError(error, "fetchProfile", 404))).toBe(true);
    await expect(fetchProfile().finally(() => ended++)).rejects.toMatchObject({ status: 404 });

    expect(ended).toBe(1);
  });

  it("is an ApiPromise to a program that prints it", async () => {
    server.answerWith({ status: 200, body: profile });
    const call = fetchProfile();
    expect(Object.prototype.toString.call(call)).toBe("[object ApiPromise]");
    await call;
  });

  it("that fails and is never asked for is an unhandled rejection, as with any promise", async () => {
    server.answerWith({ status: 404 });
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

describe("the safe end of a call", () => {
  it.each([
    ["a success", { status: 200, body: profile }, profileId],
    ["a documented error", { status: 404, body: errorBody(404, "gone") }, "gone"],
    ["a redirect", { status: 301, body: { message: "moved", uri: "https://example.com/" } }, "https://example.com/"],
    [
      "a header that the contract promises",
      { status: 429, headers: { "retry-after": "3" }, body: errorBody(429, "slow") },
      "3",
    ],
    ["a status that the contract does not have", { status: 418, body: "teapot" }, "teapot"],
    ["a documented status whose body is no JSON", { status: 503, body: "<h1>" }, "<h1>"],
    ["a documented status whose body is empty", { status: 503 }, ""],
    ["a documented status whose body is a problem of RFC 9457", { status: 503, body: { title: "full" } }, ""],
    [
      "a status that the contract does not have, with the body of an error",
      { status: 418, body: errorBody(418, "no") },
      "",
    ],
    ["a success that cannot be read", { status: 200, body: "<p>" }, "<p>"],
    [
      "a success with the body of a redirect",
      { status: 200, body: { message: "moved", uri: "https://example.com/" } },
      '{"message":"moved","uri":"https://example.com/"}',
    ],
  ])("tells %s by its status", async (_, answer, expected) => {
    server.answerWith(answer);
    const outcome = await fetchProfile().safe();
    expect(told(outcome)).toBe(expected);
    expect(outcome.ok).toBe(outcome.status === 200);
  });

  it("tells that no answer came", async () => {
    server.answerWith((response) => response.socket?.destroy());
    const outcome = await fetchProfile().safe();
    expect(outcome).toMatchObject({ ok: false, status: "unanswered", error: { name: "ConnectionError" } });
  });

  it("tells of a parameter that was not sent", async () => {
    const { operations } = createMemoryClient({ credentials: { apiKey: "key", apiSecret: "secret" } });
    // @ts-expect-error: not the ID of a store
    const outcome = await operations.listProfileImportsV2({ path: { storeId: "../.." } }).safe();
    expect(outcome).toMatchObject({ status: "unanswered", error: { parameter: "storeId" } });
  });
});

describe("types", () => {
  it("are those of the contract, by operation and status", async () => {
    server.answerWith({ status: 429, headers: { "retry-after": "3" }, body: errorBody(429, "slow down") });
    const error: unknown = await fetchProfile().catch((thrown) => thrown);
    if (!isMemoryApiError(error, "fetchProfile", 429)) throw new Error("It is another error.");
    const retryAfter: string = error.headers.get("Retry-After");
    // @ts-expect-error: a header that the contract does not promise may be missing
    const requestId: string = error.headers.get("X-Request-Id");
    expect([retryAfter, requestId, error.body.message]).toEqual(["3", null, "slow down"]);
    // @ts-expect-error: 409 is no status of this operation
    expect(isMemoryApiError(error, "fetchProfile", 409)).toBe(false);
  });
});
