import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectionWith, withOptions } from "../../src/connection/connection.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import type { LogFields, Logger } from "../../src/observability/logger.ts";
import { recordingServer } from "../recording-server.ts";
import { fakeEnvironment } from "../resilience/fake-environment.ts";

const path = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv",
} as const;
const attempt = {
  operationId: "fetchProfile",
  pathTemplate: "/v1/Stores/{storeId}/Profiles/{profileId}",
  ms: 0,
};

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());

function loggingConnection(logger: Logger) {
  const credentials = { apiKey: "key", apiSecret: "secret" };
  return connectionWith(fakeEnvironment(), { baseUrl: server.url, credentials, logger });
}

/** A logger that records its lines. */
function recordingLogger() {
  const lines: [level: string, message: string, fields: LogFields][] = [];
  const write = (level: string) => (message: string, fields: LogFields) => void lines.push([level, message, fields]);
  return { lines, logger: { debug: write("debug"), info: write("info"), warn: write("warn") } };
}

describe("a logger", () => {
  it("receives each attempt with its path template, and the pause between two attempts", async () => {
    server.respondWith(
      { status: 503, headers: { "x-request-id": "r1" }, body: { code: 20503 } },
      { status: 200, body: { id: "x", createdAt: "", traits: {} } },
    );
    const { lines, logger } = recordingLogger();
    await fetchProfile(loggingConnection(logger), { path });
    const failure = { error: "MemoryApiError", status: 503, code: 20503, requestId: "r1" };
    expect(lines).toEqual([
      ["warn", "Memory API: failed", { ...attempt, attempt: 1, ...failure }],
      ["info", "Memory API: retrying", { operationId: "fetchProfile", attempt: 1, delayMs: 125 }],
      ["debug", "Memory API: succeeded", { ...attempt, attempt: 2, status: 200 }],
    ]);
  });

  it("receives a warning once if the service announces that an operation is deprecated", async () => {
    const body = { id: "x", createdAt: "", traits: {} };
    const headers = { Deprecation: "@1796083200", Sunset: "Wed, 01 Dec 2027 00:00:00 GMT" };
    server.respondWith({ status: 200, headers, body }, { status: 200, headers, body });
    const { lines, logger } = recordingLogger();
    const connection = loggingConnection(logger);
    await fetchProfile(connection, { path });
    await fetchProfile(withOptions(connection, { timeout: 5000 }), { path });
    const { operationId, pathTemplate } = attempt;
    const announced = { deprecation: headers.Deprecation, sunset: headers.Sunset };
    expect(lines).toEqual([
      ["debug", "Memory API: succeeded", { ...attempt, attempt: 1, status: 200 }],
      ["warn", "Memory API: deprecated", { operationId, pathTemplate, ...announced }],
      ["debug", "Memory API: succeeded", { ...attempt, attempt: 1, status: 200 }],
    ]);
  });

  it("receives the reason if no response arrives", async () => {
    server.respondWith((response) => response.socket?.resetAndDestroy());
    const { lines, logger } = recordingLogger();
    await expect(fetchProfile(loggingConnection(logger), { path }, { retry: false })).rejects.toThrow();
    expect(lines).toMatchObject([["warn", "Memory API: failed", { error: "ConnectionError" }]]);
  });

  it("receives an AbortError, not a connection error, if the call is aborted", async () => {
    const controller = new AbortController();
    server.respondWith(() => controller.abort());
    const { lines, logger } = recordingLogger();
    const { signal } = controller;
    await expect(fetchProfile(loggingConnection(logger), { path }, { signal })).rejects.toThrow(signal.reason);
    await expect.poll(() => lines).toMatchObject([["warn", "Memory API: failed", { error: "AbortError" }]]);
  });

  it("that throws changes neither a result nor an error", async () => {
    const fail = () => {
      throw new Error("The log is full.");
    };
    const connection = loggingConnection({ debug: fail, info: fail, warn: fail });
    server.respondWith({ status: 503 }, { status: 200, body: { id: "x", createdAt: "", traits: {} } });
    await expect(fetchProfile(connection, { path })).resolves.toMatchObject({ id: "x" });
    server.respondWith({ status: 404 });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ status: 404 });
  });

  it("can be the console, or have only some of its methods", async () => {
    server.respondWith({ status: 200, body: { id: "x", createdAt: "", traits: {} } });
    const silent: Logger = {};
    await fetchProfile(loggingConnection(silent), { path });
    const typed: Logger = console;
    expect(typed.warn).toBe(console.warn);
  });
});
