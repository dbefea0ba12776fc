import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ClientOptions } from "../../src/connection/client-options.ts";
import { connectionWith } from "../../src/connection/connection.ts";
import { createProfile, createProfilesImportV2, fetchProfile } from "../../src/generated/operations.ts";
import { uploadImportFile } from "../../src/operations/upload-import-file.ts";
import type { RetryEvent } from "../../src/resilience/retry-options.ts";
import { recordingServer } from "../recording-server.ts";
import { fakeEnvironment } from "./fake-environment.ts";
import { endAfter, stopTimers } from "./stopped-timers.ts";

const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const path = { storeId, profileId } as const;
const found = { status: 200, body: { id: profileId, createdAt: "2026-01-01T00:00:00Z", traits: {} } };
const tooMany = (retryAfter?: string) => ({
  status: 429,
  headers: { ...(retryAfter !== undefined && { "retry-after": retryAfter }) },
});
const reset = (response: { socket: { resetAndDestroy(): void } | null }) => response.socket?.resetAndDestroy();

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

function connected(options: ClientOptions = {}, environment = fakeEnvironment()) {
  const credentials = { apiKey: "key", apiSecret: "secret" };
  const connection = connectionWith(environment, { baseUrl: server.url, credentials, ...options });
  return { connection, pauses: environment.pauses };
}
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

describe("a call that fails in passing", () => {
  it.each([429, 500, 502, 503, 504])("is sent again after a %i, and says how often it was", async (status) => {
    server.answerWith({ status }, { status }, found);
    const { connection } = connected();
    const { attempts, value } = await fetchProfile(connection, { path }).withResponse();
    expect([attempts, value.id, server.requests.length]).toEqual([3, profileId, 3]);
  });

  it("is sent again, the same, where the connection was reset", async () => {
    server.answerWith(reset, { status: 202, body: { id: profileId, message: "ok" } });
    const { connection } = connected();
    await createProfile(connection, { path: { storeId }, body: { traits: { Contact: { email: "a@example.com" } } } });
    const [first, second] = server.requests;
    expect([second?.body, second?.headers.authorization]).toEqual([first?.body, first?.headers.authorization]);
  });

  it.each([400, 401, 403, 404, 413, 415])("is not sent again after a %i", async (status) => {
    server.answerWith({ status });
    await expect(fetchProfile(connected().connection, { path })).rejects.toMatchObject({ status, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("fails with the last error after as many attempts as are allowed", async () => {
    server.answerWith({ status: 500 }, { status: 503 });
    const { connection } = connected({ retry: { attempts: 3 } });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 503, attempts: 3 });
  });

  it("is sent once where that is asked for", async () => {
    server.answerWith({ status: 500 });
    await expect(fetchProfile(connected().connection, { path }, { retry: false })).rejects.toMatchObject({
      attempts: 1,
    });
    await expect(fetchProfile(connected({ retry: false }).connection, { path })).rejects.toMatchObject({ attempts: 1 });
  });
});

describe("an import", () => {
  it.each([500, 502, 503, 504])("is not created again after a %i, since it may have been", async (status) => {
    server.answerWith({ status });
    await expect(importOf(connected().connection)).rejects.toMatchObject({ status, attempts: 1 });
  });

  it("is not created again where the connection was reset", async () => {
    server.answerWith(reset);
    await expect(importOf(connected().connection)).rejects.toMatchObject({ mayHaveArrived: true, attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("is not created again after the timeout of an attempt, since it may have been", async () => {
    stopTimers();
    const arrived = new Promise<void>((resolve) => server.answerWith(() => resolve()));
    const call = importOf(connected({ timeout: 1000 }).connection);
    call.catch(() => {});
    await arrived;
    expect(await endAfter(1000, call)).toMatchObject({ name: "TimeLimitError", limit: "attempt", attempts: 1 });
    expect(server.requests).toHaveLength(1);
  });

  it("is created again after a 429, which refuses before anything is done", async () => {
    server.answerWith(tooMany(), { status: 201, body: { importId: "x", url: "https://example.com/" } });
    await importOf(connected().connection);
    expect(server.requests).toHaveLength(2);
  });

  it("is created again where the request cannot have arrived", async () => {
    let attempts = 0;
    const fetch = () => {
      attempts++;
      return Promise.reject(Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } }));
    };
    await expect(importOf(connected({ fetch }).connection)).rejects.toMatchObject({ attempts: 5 });
    expect(attempts).toBe(5);
  });
});

describe("a deadline that is over already", () => {
  it("sends nothing", async () => {
    server.answerWith(found);
    const late = fetchProfile(connected().connection, { path }, { deadline: 0 });
    await expect(late).rejects.toMatchObject({ name: "TimeLimitError", limit: "deadline", attempts: 0 });
    expect(server.requests).toEqual([]);
  });
});

describe("the pause before the next attempt", () => {
  it("is a random part of a time that doubles up to a cap", async () => {
    server.answerWith({ status: 500 });
    const { connection, pauses } = connected({ retry: { attempts: 6, baseMs: 100, capMs: 500 } });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ attempts: 6 });
    expect(pauses).toEqual([50, 100, 200, 250, 250]);
  });

  it.each([
    ["seconds", "7", 7000],
    ["a date", "Thu, 01 Jan 2026 00:00:09 GMT", 9000],
  ])("is what the service asks for in %s", async (_, retryAfter, ms) => {
    server.answerWith({ status: 503, headers: { "retry-after": retryAfter } }, found);
    const { connection, pauses } = connected();
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([ms]);
  });

  it("ignores a date in the past, which the error reports as 0", async () => {
    server.answerWith({ status: 503, headers: { "retry-after": "Wed, 31 Dec 2025 23:59:00 GMT" } }, found);
    const events: RetryEvent[] = [];
    const { connection, pauses } = connected({ onRetry: (event) => events.push(event) });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([125]);
    expect(events).toMatchObject([{ error: { status: 503, retryAfterMs: 0 } }]);
  });

  it("is not waited for where the service asks for more than is allowed; the error says how much", async () => {
    server.answerWith(tooMany("61"));
    const { connection, pauses } = connected();
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ retryAfterMs: 61_000, attempts: 1 });
    expect(pauses).toEqual([]);
  });

  it("can be as long as is allowed", async () => {
    server.answerWith({ status: 503, headers: { "retry-after": "60" } }, found);
    const { connection, pauses } = connected();
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([60_000]);
  });

  it("is not begun if it would end at the deadline, when no time is left for an attempt", async () => {
    server.answerWith({ status: 503, headers: { "retry-after": "10" } });
    const { connection, pauses } = connected({ deadline: 10_000 });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 503, retryAfterMs: 10_000 });
    expect(pauses).toEqual([]);
  });

  it("is not begun where it would end after the deadline", async () => {
    server.answerWith({ status: 503, headers: { "retry-after": "20" } });
    const { connection, pauses } = connected({ deadline: 10_000 });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 503, retryAfterMs: 20_000 });
    expect(pauses).toEqual([]);
  });

  it("is told before it begins", async () => {
    const events: RetryEvent[] = [];
    server.answerWith({ status: 500 }, found);
    await fetchProfile(connected({ onRetry: (event) => events.push(event) }).connection, { path });
    expect(events).toMatchObject([
      { operationId: "fetchProfile", attempt: 1, delayMs: 125, error: { name: "MemoryApiError", status: 500 } },
    ]);
  });
});

describe("a 429", () => {
  it("holds up all calls of the client", async () => {
    server.answerWith(tooMany("5"), found);
    const environment = fakeEnvironment(0);
    const { connection, pauses } = connected({}, environment);
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    expect(pauses).toEqual([]);
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([5000]);
  });

  it("does not end a longer pause that began earlier", async () => {
    let answerFirst: (() => void) | undefined;
    const arrived = new Promise<void>((resolve) => {
      const answerLater = (response: ServerResponse) => {
        answerFirst = () => void response.writeHead(429, { "retry-after": "1" }).end();
        resolve();
      };
      server.answerWith(answerLater, tooMany("5"), found);
    });
    const { connection, pauses } = connected({}, fakeEnvironment(0));
    const first = fetchProfile(connection, { path }, { retry: false });
    await arrived;
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ retryAfterMs: 5000 });
    answerFirst?.();
    await expect(first).rejects.toMatchObject({ retryAfterMs: 1000 });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([5000]);
  });

  it("holds nobody up for longer because the clock was set back", async () => {
    server.answerWith(tooMany("1"), found);
    const environment = fakeEnvironment(0);
    const { connection, pauses } = connected({}, { ...environment, now: () => environment.now() - 3_600_000 });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([1000]);
  });

  it("fails a call at once whose deadline is before the end of the pause", async () => {
    server.answerWith(tooMany("5"), found);
    const { connection } = connected();
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    await expect(fetchProfile(connection, { path }, { deadline: 1000 })).rejects.toMatchObject({
      name: "TimeLimitError",
      limit: "deadline",
      attempts: 0,
      retryAfterMs: expect.closeTo(5000, -3),
    });
  });

  it("fails a call at once whose deadline is the end of the pause", async () => {
    server.answerWith(tooMany("5"), found);
    const { connection, pauses } = connected({}, fakeEnvironment(0));
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    await expect(fetchProfile(connection, { path }, { deadline: 5000 })).rejects.toMatchObject({
      name: "TimeLimitError",
      retryAfterMs: 5000,
    });
    expect(pauses).toEqual([]);
  });

  it("delays other calls for at most as long as a call waits", async () => {
    server.answerWith(tooMany("60"), found);
    const { connection, pauses } = connected({}, fakeEnvironment(0));
    await expect(fetchProfile(connection, { path }, { retry: false })).rejects.toMatchObject({ status: 429 });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([60_000]);
  });

  it("holds up no call where it asks for longer than is waited", async () => {
    server.answerWith(tooMany("3600"), found);
    const { connection, pauses } = connected();
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 429 });
    await fetchProfile(connection, { path });
    expect(pauses).toEqual([]);
  });
});

describe("the budget of retries", () => {
  const calls = (connection: ReturnType<typeof connected>["connection"], count: number) =>
    Promise.allSettled(Array.from({ length: count }, () => fetchProfile(connection, { path })));

  it("ends the retries of a client whose service is down, and no first attempt", async () => {
    server.answerWith({ status: 500 });
    const { connection } = connected();
    await calls(connection, 40);
    expect(server.requests).toHaveLength(40 + 50);
    await calls(connection, 10);
    expect(server.requests).toHaveLength(40 + 50 + 10);
  });

  it("is earned again by successes", async () => {
    server.answerWith({ status: 500 });
    const { connection } = connected();
    await calls(connection, 40);
    server.answerWith(found);
    await calls(connection, 20);
    server.requests.length = 0;
    server.answerWith({ status: 500 });
    await calls(connection, 1);
    expect(server.requests).toHaveLength(3);
  });

  it("does not grow beyond 50 retries, however many calls succeed", async () => {
    server.answerWith(found);
    const { connection } = connected();
    await calls(connection, 100);
    server.requests.length = 0;
    server.answerWith({ status: 500 });
    await calls(connection, 40);
    expect(server.requests).toHaveLength(40 + 50);
  });

  it("is not touched by a storm of 429, in which nothing is lost", async () => {
    server.answerWith(...Array.from({ length: 200 }, () => tooMany("1")), found);
    const { connection } = connected({ retry: { attempts: 50 }, deadline: Number.MAX_SAFE_INTEGER });
    const outcomes = await calls(connection, 30);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
    expect(server.requests).toHaveLength(230);
  });
});

describe("a listener that fails", () => {
  const fails = () => {
    throw new Error("disk full");
  };

  it("changes nothing of the call", async () => {
    server.answerWith({ status: 503 }, found);
    const logger = { debug: fails, info: fails, warn: fails };
    const { connection } = connected({ logger, onRetry: fails });
    expect((await fetchProfile(connection, { path })).id).toBe(profileId);
  });
});

describe("an option that is no number, or too small", () => {
  it.each([
    ["timeout", { timeout: Number.NaN }],
    ["timeout", { timeout: -1 }],
    ["deadline", { deadline: Number.NaN }],
    ["retry.attempts", { retry: { attempts: Number.NaN } }],
    ["retry.attempts", { retry: { attempts: 0 } }],
    ["retry.baseMs", { retry: { baseMs: -1 } }],
    ["retry.capMs", { retry: { capMs: -1 } }],
    ["retry.maxRetryAfterMs", { retry: { maxRetryAfterMs: -1 } }],
  ])("is refused: %s of %j", async (parameter, options) => {
    const least = parameter === "retry.attempts" ? 1 : 0;
    const message = `${parameter}: must be a number, ${least} or more`;
    const refused = { name: "InvalidParameterError", parameter, message };
    await expect(fetchProfile(connected().connection, { path }, options)).rejects.toMatchObject(refused);
    await expect(fetchProfile(connected(options).connection, { path })).rejects.toMatchObject(refused);
    expect(server.requests).toEqual([]);
  });
});

describe("an option that is a string", () => {
  it("is refused, even if it is numeric", async () => {
    // @ts-expect-error: such as a value of the environment
    const call = fetchProfile(connected().connection, { path }, { timeout: "5000" });
    await expect(call).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "timeout" });
    expect(server.requests).toEqual([]);
  });
});

describe("an upload", () => {
  it("is sent again with the same bytes", async () => {
    server.answerWith(reset, { status: 200 });
    const { connection } = connected();
    await uploadImportFile(connection, { url: `${server.url}/file?token=x`, body: "email\na@example.com\n" });
    expect(server.requests.map(({ body }) => body)).toEqual(["email\na@example.com\n", "email\na@example.com\n"]);
  });
});
