import { channel, type TracingChannelSubscribers, tracingChannel } from "node:diagnostics_channel";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { connectionWith } from "../../src/connection/connection.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import type { AttemptMessage } from "../../src/observability/attempt-channel.ts";
import { recordingServer } from "../recording-server.ts";
import { fakeEnvironment } from "../resilience/fake-environment.ts";

const path = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv",
} as const;
const context = {
  operationId: "fetchProfile",
  pathTemplate: "/v1/Stores/{storeId}/Profiles/{profileId}",
  method: "GET",
};

const attempts = tracingChannel<unknown, AttemptMessage>("memory-api.client.attempt");
const ignore = () => {};
let subscribed: TracingChannelSubscribers<AttemptMessage> | undefined;
let server: Awaited<ReturnType<typeof recordingServer>>;

beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());
afterEach(() => {
  if (subscribed) attempts.unsubscribe(subscribed);
  subscribed = undefined;
});

const connection = () =>
  connectionWith(fakeEnvironment(), { baseUrl: server.url, credentials: { apiKey: "key", apiSecret: "secret" } });

/** Subscribes to the channel, and returns the messages in order. */
function subscribe() {
  const seen: [event: string, message: object][] = [];
  const write = (event: string) => (message: AttemptMessage) => void seen.push([event, { ...message }]);
  subscribed = {
    start: write("start"),
    end: ignore,
    asyncStart: ignore,
    asyncEnd: write("asyncEnd"),
    error: write("error"),
  };
  attempts.subscribe(subscribed);
  return seen;
}

describe("the diagnostics channel memory-api.client.attempt", () => {
  it("reports the start, the error and the end of each attempt", async () => {
    server.respondWith(
      { status: 503, body: { code: 20503 } },
      { status: 200, body: { id: "x", createdAt: "", traits: {} } },
    );
    const seen = subscribe();
    await fetchProfile(connection(), { path });
    const failed = { ...context, attempt: 1, status: 503, error: { name: "MemoryApiError", status: 503 } };
    expect(seen).toMatchObject([
      ["start", { ...context, attempt: 1 }],
      ["error", failed],
      ["asyncEnd", failed],
      ["start", { ...context, attempt: 2 }],
      ["asyncEnd", { ...context, attempt: 2, status: 200 }],
    ]);
  });

  it("does not contain the response body", async () => {
    server.respondWith({
      status: 200,
      body: { id: "x", createdAt: "", traits: { Contact: { email: "ada.reyes@example.com" } } },
    });
    const seen = subscribe();
    await fetchProfile(connection(), { path });
    expect(seen.at(-1)).toEqual(["asyncEnd", { ...context, attempt: 1, status: 200, result: undefined }]);
  });

  it("has no status if no response arrives", async () => {
    server.respondWith((response) => response.socket?.resetAndDestroy());
    const seen = subscribe();
    await expect(fetchProfile(connection(), { path }, { retry: false })).rejects.toThrow();
    expect(seen.at(-1)).toMatchObject(["asyncEnd", { status: undefined, error: { name: "ConnectionError" } }]);
  });

  it("publishes nothing after its last subscriber has left", async () => {
    server.respondWith({ status: 200, body: { id: "x", createdAt: "", traits: {} } });
    const seen = subscribe();
    if (subscribed) attempts.unsubscribe(subscribed);
    await fetchProfile(connection(), { path });
    expect([seen, channel("tracing:memory-api.client.attempt:start").hasSubscribers]).toEqual([[], false]);
  });
});
