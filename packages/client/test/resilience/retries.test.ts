import { describe, expect, it } from "vitest";
import { createProfile, createProfilesImportV2, fetchProfile } from "../../src/generated/operations.ts";
import { uploadImportFile } from "../../src/operations/upload-import-file.ts";
import type { RetryEvent } from "../../src/resilience/retry-options.ts";
import { connected, found, path, profileId, server, storeId, tooMany } from "./connected.ts";
import { endAfter, stopTimers } from "./stopped-timers.ts";

const reset = (response: { socket: { resetAndDestroy(): void } | null }) => response.socket?.resetAndDestroy();
const importOf = (connection: ReturnType<typeof connected>["connection"]) =>
  createProfilesImportV2(connection, {
    path: { storeId },
    body: {
      filename: "a.csv",
      fileSize: 10,
      columnMappings: [
        { columnName: "email", traitGroup: "Contact", traitName: "email" },
        { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
      ],
    },
  });

describe("a call that fails temporarily", () => {
  it.each([429, 500, 502, 503, 504])("retries a %i, and returns the number of attempts", async (status) => {
    server.respondWith({ status }, { status }, found);
    const { connection } = connected();
    const { attempts, value } = await fetchProfile(connection, { path }).withResponse();
    expect([attempts, value.id, server.requests.length]).toEqual([3, profileId, 3]);
  });

  it("retries the same request after a reset", async () => {
    server.respondWith(reset, { status: 202, body: { id: profileId, message: "ok" } });
    const { connection } = connected();
    await createProfile(connection, { path: { storeId }, body: { traits: { Contact: { email: "a@example.com" } } } });
    const [first, second] = server.requests;
    expect([second?.body, second?.headers.authorization]).toEqual([first?.body, first?.headers.authorization]);
  });

  it.each([400, 401, 403, 404, 413, 415])("does not retry a %i", async (status) => {
    server.respondWith({ status });
    await expect(fetchProfile(connected().connection, { path })).rejects.toMatchObject({ status, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("rejects with the last error after the last allowed attempt", async () => {
    server.respondWith({ status: 500 }, { status: 503 });
    const { connection } = connected({ retry: { attempts: 3 } });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 503, attempts: 3 });
  });

  it("is not retried with retry: false", async () => {
    server.respondWith({ status: 500 });
    await expect(fetchProfile(connected().connection, { path }, { retry: false })).rejects.toMatchObject({
      attempts: 1,
    });
    await expect(fetchProfile(connected({ retry: false }).connection, { path })).rejects.toMatchObject({ attempts: 1 });
  });
});

describe("an import", () => {
  it.each([500, 502, 503, 504])("is not created again after a %i, because it may exist", async (status) => {
    server.respondWith({ status });
    await expect(importOf(connected().connection)).rejects.toMatchObject({ status, attempts: 1 });
  });

  it("is not created again after a reset", async () => {
    server.respondWith(reset);
    await expect(importOf(connected().connection)).rejects.toMatchObject({ mayHaveArrived: true, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("is not created again after the timeout of an attempt, because it may exist", async () => {
    stopTimers();
    const arrived = new Promise<void>((resolve) => server.respondWith(() => resolve()));
    const call = importOf(connected({ timeout: 1000 }).connection);
    call.catch(() => {});
    await arrived;
    expect(await endAfter(1000, call)).toMatchObject({ name: "TimeLimitError", limit: "attempt", attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("is created again after a 429, because nothing was created", async () => {
    server.respondWith(tooMany(), { status: 201, body: { importId: "x", url: "https://example.com/" } });
    await importOf(connected().connection);
    expect(server.requests).toHaveLength(2);
  });

  it("is created again if the request cannot have arrived", async () => {
    let attempts = 0;
    const fetch = () => {
      attempts++;
      return Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }));
    };
    await expect(importOf(connected({ fetch }).connection)).rejects.toMatchObject({ attempts: 5 });
    expect(attempts).toBe(5);
  });
});

describe("a deadline that has passed", () => {
  it("sends nothing", async () => {
    server.respondWith(found);
    const late = fetchProfile(connected().connection, { path }, { deadline: 0 });
    await expect(late).rejects.toMatchObject({ name: "TimeLimitError", limit: "deadline", attempts: 0 });
    expect(server.requests).toEqual([]);
  });
});

describe("the pause before the next attempt", () => {
  it("is a random part of a time that doubles up to capMs", async () => {
    server.respondWith({ status: 500 });
    const { connection, pauses } = connected({ retry: { attempts: 6, baseMs: 100, capMs: 500 } });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ attempts: 6 });
    expect(pauses).toEqual([50, 100, 200, 250, 250]);
  });

  it.each([
    ["seconds", "7", 7000],
    ["a date", "Thu, 01 Jan 2026 00:00:09 GMT", 9000],
  ])("is as long as Retry-After requests in %s", async (_, retryAfter, ms) => {
    server.respondWith({ status: 503, headers: { "retry-after": retryAfter } }, found);
    const { connection, pauses } = connected();
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([ms]);
  });

  it("ignores a date in the past, which the error reports as 0", async () => {
    server.respondWith({ status: 503, headers: { "retry-after": "Wed, 31 Dec 2025 23:59:00 GMT" } }, found);
    const events: RetryEvent[] = [];
    const { connection, pauses } = connected({ onRetry: (event) => events.push(event) });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([125]);
    expect(events).toMatchObject([{ error: { status: 503, retryAfterMs: 0 } }]);
  });

  it("is skipped if Retry-After requests more than is allowed, and the error has the requested time", async () => {
    server.respondWith(tooMany("61"));
    const { connection, pauses } = connected();
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ retryAfterMs: 61_000, attempts: 1 });
    expect(pauses).toEqual([]);
  });

  it("can be as long as the limit", async () => {
    server.respondWith({ status: 503, headers: { "retry-after": "60" } }, found);
    const { connection, pauses } = connected();
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([60_000]);
  });

  it("is skipped if it would end at the deadline, which leaves no time for an attempt", async () => {
    server.respondWith({ status: 503, headers: { "retry-after": "10" } });
    const { connection, pauses } = connected({ deadline: 10_000 });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 503, retryAfterMs: 10_000 });
    expect(pauses).toEqual([]);
  });

  it("is skipped if it would end after the deadline", async () => {
    server.respondWith({ status: 503, headers: { "retry-after": "20" } });
    const { connection, pauses } = connected({ deadline: 10_000 });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 503, retryAfterMs: 20_000 });
    expect(pauses).toEqual([]);
  });

  it("is reported to onRetry before it starts", async () => {
    const events: RetryEvent[] = [];
    server.respondWith({ status: 500 }, found);
    await fetchProfile(connected({ onRetry: (event) => events.push(event) }).connection, { path });
    expect(events).toMatchObject([
      { operationId: "fetchProfile", attempt: 1, delayMs: 125, error: { name: "MemoryApiError", status: 500 } },
    ]);
  });
});

describe("a listener that fails", () => {
  const fails = () => {
    throw new Error("disk full");
  };

  it("does not affect the call", async () => {
    server.respondWith({ status: 503 }, found);
    const logger = { debug: fails, info: fails, warn: fails };
    const { connection } = connected({ logger, onRetry: fails });
    expect((await fetchProfile(connection, { path })).id).toBe(profileId);
  });
});

describe("an option that is not a number, or too small", () => {
  it.each([
    ["timeout", { timeout: Number.NaN }],
    ["timeout", { timeout: -1 }],
    ["deadline", { deadline: Number.NaN }],
    ["retry.attempts", { retry: { attempts: Number.NaN } }],
    ["retry.attempts", { retry: { attempts: 0 } }],
    ["retry.baseMs", { retry: { baseMs: -1 } }],
    ["retry.capMs", { retry: { capMs: -1 } }],
    ["retry.maxRetryAfterMs", { retry: { maxRetryAfterMs: -1 } }],
  ])("is rejected: %s of %j", async (parameter, options) => {
    const least = parameter === "retry.attempts" ? 1 : 0;
    const message = `${parameter}: must be a number, ${least} or more`;
    const invalid = { name: "InvalidParameterError", parameter, message };
    await expect(fetchProfile(connected().connection, { path }, options)).rejects.toMatchObject(invalid);
    expect(() => connected(options)).toThrow(expect.objectContaining(invalid));
    expect(server.requests).toEqual([]);
  });
});

describe("an option that is a string", () => {
  it("is rejected, even if it is numeric", async () => {
    // @ts-expect-error: such as a value of the environment
    const call = fetchProfile(connected().connection, { path }, { timeout: "5000" });
    await expect(call).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "timeout" });
    expect(server.requests).toEqual([]);
  });
});

describe("an upload", () => {
  it("is retried with the same bytes", async () => {
    server.respondWith(reset, { status: 200 });
    const { connection } = connected();
    await uploadImportFile(connection, { url: `${server.url}/file?token=x`, body: "email\na@example.com\n" });
    expect(server.requests.map(({ body }) => body)).toEqual(["email\na@example.com\n", "email\na@example.com\n"]);
  });
});
