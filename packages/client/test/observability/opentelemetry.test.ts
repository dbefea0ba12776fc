import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { ClientOptions, Middleware } from "../../src/connection/client-options.ts";
import { connectionWith } from "../../src/connection/connection.ts";
import { createProfilesImportV2, fetchProfile } from "../../src/generated/operations.ts";
import { openTelemetry } from "../../src/observability/opentelemetry.ts";
import { uploadImportFile } from "../../src/operations/upload-import-file.ts";
import { sandboxStore } from "../profiles/sandbox-store.ts";
import { fakeEnvironment } from "../resilience/fake-environment.ts";
import { setGlobals, telemetry } from "./telemetry.ts";

const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const request = {
  "http.request.method": "GET",
  "server.address": "memory.invalid",
  "server.port": 80,
  "url.template": "/v1/Stores/{storeId}/Profiles/{profileId}",
};

let store: Awaited<ReturnType<typeof sandboxStore>>;
let exported: ReturnType<typeof telemetry>;
beforeAll(async () => {
  setGlobals();
  store = await sandboxStore();
});
afterAll(() => store.sandbox.close());
beforeEach(async () => {
  await store.sandbox.reset();
  await store.sandbox.seed({ profiles: [{ id: profileId, traits: { Contact: { email: "ada.reyes@example.com" } } }] });
  exported = telemetry();
});

/** A connection to the sandbox with the middleware around `inner`. */
function connect({ middleware: inner = [], ...options }: ClientOptions = {}) {
  return connectionWith(fakeEnvironment(), {
    ...store.sandbox.clientOptions,
    middleware: [openTelemetry(exported), ...inner],
    ...options,
  });
}

function fetchAda(options?: ClientOptions, signal?: AbortSignal) {
  const path = { storeId: store.storeId, profileId } as const;
  return fetchProfile(connect(options), { path }, { signal });
}

const fails = { retry: false } as const;

describe("the span of an attempt", () => {
  it("is a client span named after method and path template, without IDs", async () => {
    await fetchAda();
    expect(exported.spans()).toMatchObject([
      {
        name: "GET /v1/Stores/{storeId}/Profiles/{profileId}",
        kind: SpanKind.CLIENT,
        status: { code: SpanStatusCode.UNSET },
        instrumentationScope: { name: "@memory-api/client" },
      },
    ]);
    expect(exported.spans()[0]?.attributes).toEqual({
      ...request,
      "url.full": "http://memory.invalid/v1/Stores/{storeId}/Profiles/{profileId}",
      "http.response.status_code": 200,
    });
  });

  it("has http.request.resend_count if it is a retry", async () => {
    store.sandbox.faults.setPlan([{ times: 1, fault: { kind: "status", status: 429, retryAfter: 1 } }]);
    await fetchAda();
    expect(exported.spans().map(({ status, attributes }) => [status.code, attributes])).toMatchObject([
      [SpanStatusCode.ERROR, { "http.response.status_code": 429, "error.type": "429" }],
      [SpanStatusCode.UNSET, { "http.response.status_code": 200, "http.request.resend_count": 1 }],
    ]);
    expect(exported.spans()[0]?.attributes).not.toHaveProperty("http.request.resend_count");
  });

  it("is an error with the code of the transport if the connection is reset", async () => {
    store.sandbox.faults.setPlan([{ times: 1, fault: { kind: "reset" } }]);
    await expect(fetchAda(fails)).rejects.toMatchObject({ name: "ConnectionError", code: "ECONNRESET" });
    const [span] = exported.spans();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span?.attributes).toMatchObject({ "error.type": "ECONNRESET" });
    expect(span?.attributes).not.toHaveProperty("http.response.status_code");
  });

  it("is an error if the call is aborted", async () => {
    const controller = new AbortController();
    const abort: Middleware = (attempt, next) => {
      queueMicrotask(() => controller.abort());
      return next(attempt);
    };
    store.sandbox.faults.setPlan([{ times: 1, fault: { kind: "latency", ms: 60_000 } }]);
    await expect(fetchAda({ middleware: [abort] }, controller.signal)).rejects.toThrow("aborted");
    await expect.poll(exported.spans).toMatchObject([{ attributes: { "error.type": "AbortError" } }]);
  });

  it("is an error if a time limit is reached", async () => {
    store.sandbox.faults.setPlan([{ times: 1, fault: { kind: "latency", ms: 60_000 } }]);
    await expect(fetchAda({ timeout: 1, retry: false })).rejects.toMatchObject({ name: "TimeLimitError" });
    await expect.poll(exported.spans).toMatchObject([{ attributes: { "error.type": "TimeLimitError" } }]);
  });

  it("has the port of the URL, or the default port of its scheme", async () => {
    const silent = { ...fails, fetch: () => Promise.reject(new Error("silent")) };
    await expect(fetchAda({ ...silent, baseUrl: "https://memory.example" })).rejects.toThrow();
    await expect(fetchAda({ ...silent, baseUrl: "https://memory.example:8443" })).rejects.toThrow();
    expect(exported.spans().map(({ attributes }) => attributes["server.port"])).toEqual([443, 8443]);
  });
});

describe("the trace", () => {
  it("continues in the request and in the transport", async () => {
    const seen: unknown[] = [];
    const watch: Middleware = (attempt, next) => {
      seen.push(attempt.headers["traceparent"], trace.getSpanContext(context.active())?.spanId);
      return next(attempt);
    };
    await fetchAda({ middleware: [watch] });
    const { traceId, spanId } = exported.spans()[0]?.spanContext() ?? {};
    expect(seen).toEqual([`00-${traceId}-${spanId}-01`, spanId]);
  });

  it("starts in the span that is active around the call", async () => {
    const outer = exported.tracerProvider.getTracer("test").startSpan("newsletter");
    await context.with(trace.setSpan(context.active(), outer), () => fetchAda());
    expect(exported.spans()[0]?.parentSpanContext?.spanId).toBe(outer.spanContext().spanId);
  });

  it("is not sent to the storage of an upload, and does not contain its URL", async () => {
    const sent: Record<string, string>[] = [];
    const watch: Middleware = (attempt, next) => {
      sent.push(attempt.headers);
      return next(attempt);
    };
    const connection = connect({ middleware: [watch] });
    const body = "email,name\nada.reyes@example.com,Ada\n";
    const { url } = await createProfilesImportV2(connection, {
      path: { storeId: store.storeId },
      body: {
        filename: "ada.csv",
        fileSize: body.length,
        columnMappings: [
          { columnName: "email", traitGroup: "Contact", traitName: "email" },
          { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
        ],
      },
    });
    await uploadImportFile(connection, { url, body });
    expect(sent.map((headers) => "traceparent" in headers)).toEqual([true, false]);
    expect(exported.spans()[1]).toMatchObject({
      name: "PUT /uploads/{importId}",
      attributes: { "url.full": "http://memory.invalid/uploads/{importId}", "http.response.status_code": 200 },
    });
  });
});

describe("the metric http.client.request.duration", () => {
  it("is a histogram of the attempts, with the buckets of the conventions", async () => {
    store.sandbox.faults.setPlan([{ times: 1, fault: { kind: "status", status: 503 } }]);
    await fetchAda();
    const [metric] = await exported.metrics();
    expect(metric?.descriptor).toMatchObject({ name: "http.client.request.duration", unit: "s" });
    expect(metric?.dataPoints.map(({ attributes }) => attributes)).toEqual([
      { ...request, "http.response.status_code": 503, "error.type": "503" },
      { ...request, "http.response.status_code": 200 },
    ]);
    const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    expect(metric?.dataPoints[0]?.value).toMatchObject({ count: 1, buckets: { boundaries } });
  });

  it("is measured in seconds", async () => {
    let now = 1000;
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
    onTestFinished(() => clock.mockRestore());
    const slow: Middleware = (attempt, next) => {
      now += 2500;
      return next(attempt);
    };
    await fetchAda({ middleware: [slow] });
    const [metric] = await exported.metrics();
    expect(metric?.dataPoints[0]?.value).toMatchObject({ sum: 2.5 });
  });
});
