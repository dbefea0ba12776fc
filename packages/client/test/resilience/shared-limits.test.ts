import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { fetchProfile } from "../../src/generated/operations.ts";
import { connected, found, path, server, tooMany } from "./connected.ts";
import { fakeEnvironment } from "./fake-environment.ts";

describe("a 429", () => {
  it("delays all calls of the client", async () => {
    server.respondWith(tooMany("5"), found);
    const environment = fakeEnvironment(0);
    const { connection, pauses } = connected({}, environment);
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    expect(pauses).toEqual([]);
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([5000]);
  });

  it("does not end a longer pause that began earlier", async () => {
    let respondFirst: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => {
      const respondLater = (response: ServerResponse) => {
        respondFirst = () => void response.writeHead(429, { "retry-after": "1" }).end();
        resolve();
      };
      server.respondWith(respondLater, tooMany("5"), found);
    });
    const { connection, pauses } = connected({}, fakeEnvironment(0));
    const first = fetchProfile(connection, { path }, { retry: false });
    await arrived;
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ retryAfterMs: 5000 });
    respondFirst?.();
    await expect(first).rejects.toMatchObject({ retryAfterMs: 1000 });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([5000]);
  });

  it("does not delay calls for longer if the clock is set back", async () => {
    server.respondWith(tooMany("1"), found);
    const environment = fakeEnvironment(0);
    const { connection, pauses } = connected({}, { ...environment, now: () => environment.now() - 3_600_000 });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([1000]);
  });

  it("rejects a call immediately if its deadline is before the end of the pause", async () => {
    server.respondWith(tooMany("5"), found);
    const { connection } = connected();
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    await expect(fetchProfile(connection, { path }, { deadline: 1000 })).rejects.toMatchObject({
      name: "TimeLimitError",
      limit: "deadline",
      attempts: 0,
      retryAfterMs: expect.closeTo(5000, -3),
    });
  });

  it("rejects a call immediately if its deadline is the end of the pause", async () => {
    server.respondWith(tooMany("5"), found);
    const { connection, pauses } = connected({}, fakeEnvironment(0));
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    await expect(fetchProfile(connection, { path }, { deadline: 5000 })).rejects.toMatchObject({
      name: "TimeLimitError",
      retryAfterMs: 5000,
    });
    expect(pauses).toEqual([]);
  });

  it("delays other calls by no more than a call waits", async () => {
    server.respondWith(tooMany("60"), found);
    const { connection, pauses } = connected({}, fakeEnvironment(0));
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([60_000]);
  });

  it("does not delay calls if it requests a longer pause than is allowed", async () => {
    server.respondWith(tooMany("3600"), found);
    const { connection, pauses } = connected();
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 429 });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([]);
  });
});

describe("the budget of retries", () => {
  const calls = (connection: ReturnType<typeof connected>["connection"], count: number) =>
    Promise.allSettled(Array.from({ length: count }, () => fetchProfile(connection, { path })));

  it("ends the retries of a client whose service is down, but not first attempts", async () => {
    server.respondWith({ status: 500 });
    const { connection } = connected();
    await calls(connection, 40);
    expect(server.requests).toHaveLength(40 + 50);
    await calls(connection, 10);
    expect(server.requests).toHaveLength(40 + 50 + 10);
  });

  it("is refilled by successes", async () => {
    server.respondWith({ status: 500 });
    const { connection } = connected();
    await calls(connection, 40);
    server.respondWith(found);
    await calls(connection, 20);
    server.requests.length = 0;
    server.respondWith({ status: 500 });
    await calls(connection, 1);
    expect(server.requests).toHaveLength(3);
  });

  it("does not grow beyond 50 retries, however many calls succeed", async () => {
    server.respondWith(found);
    const { connection } = connected();
    await calls(connection, 100);
    server.requests.length = 0;
    server.respondWith({ status: 500 });
    await calls(connection, 40);
    expect(server.requests).toHaveLength(40 + 50);
  });

  it("is not used by retries of a 429, after which every call succeeds", async () => {
    server.respondWith(...Array.from({ length: 200 }, () => tooMany("1")), found);
    const { connection } = connected({ retry: { attempts: 50 }, deadline: Number.MAX_SAFE_INTEGER });
    const outcomes = await calls(connection, 30);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(server.requests).toHaveLength(230);
  });
});
