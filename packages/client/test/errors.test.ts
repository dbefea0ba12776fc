import {
  createMemoryClient,
  InvalidParameterError,
  isConnectionError,
  isMemoryApiError,
  isMemoryError,
  isProfileMovedError,
} from "@memory-api/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  MemoryApiError as ErrorOfOtherCopy,
  isMemoryApiError as isErrorOfOtherCopy,
} from "../src/errors/memory-api-error.ts";
import { errorOf } from "./error-of.ts";
import { recordingServer } from "./recording-server.ts";

const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const canonicalProfileId = "mem_profile_00000000000000000000000000";
const path = { storeId, profileId } as const;

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());

const client = (baseUrl = server.url) =>
  createMemoryClient({ baseUrl, credentials: { apiKey: "key", apiSecret: "secret" }, retry: false }).operations;

describe("the error of a response", () => {
  it("has the fields of the error body and of the headers", async () => {
    const moreInfo = "https://www.twilio.com/docs/api/errors/20429";
    const body = { code: 20429, message: "Slow down", more_info: moreInfo, status: 429 };
    server.respondWith({ status: 429, headers: { "retry-after": "7", "x-request-id": "r1" }, body });
    expect(await errorOf(client().fetchProfile({ path }))).toMatchObject({
      name: "MemoryApiError",
      operationId: "fetchProfile",
      status: 429,
      code: 20429,
      message: "Slow down",
      moreInfo,
      requestId: "r1",
      retryAfterMs: 7000,
      attempts: 1,
      body,
    });
  });

  it("reads a problem document of RFC 9457", async () => {
    const body = { type: "https://example.com/full", title: "Full", detail: "The store is full", status: 400 };
    server.respondWith({ status: 400, headers: { "twilio-request-id": "RQ1" }, body });
    expect(await errorOf(client().fetchProfile({ path }))).toMatchObject({
      message: "The store is full",
      moreInfo: "https://example.com/full",
      requestId: "RQ1",
      code: undefined,
    });
  });

  it.each([
    ["a gateway", 403, { message: "Forbidden" }],
    ["a gateway that also sends a code", 403, { message: "Forbidden", code: "E403", more_info: "", status: 403 }],
    ["a redirect without a URI", 308, { message: "moved" }],
  ])("of %s is not recognized as the documented error", async (_, status, body) => {
    server.respondWith({ status, body });
    const error = await errorOf(client().deleteProfile({ path }));
    expect(isMemoryApiError(error, "deleteProfile")).toBe(true);
    expect(isMemoryApiError(error, "deleteProfile", status as 403 | 308)).toBe(false);
  });

  it("mentions a base URL that ends in /v1, which makes every route unknown", async () => {
    const body = { code: 20404, message: "There is no such route", more_info: "https://example.com", status: 404 };
    server.respondWith({ status: 404, body });
    const hint = "The base URL ends with /v1, and the client adds another /v1.";
    expect(await errorOf(client(`${server.url}/v1/`).fetchProfile({ path }))).toMatchObject({
      message: `There is no such route. ${hint}`,
    });
    expect(await errorOf(client(`${server.url}/gateway`).fetchProfile({ path }))).toMatchObject({
      message: "There is no such route",
    });
  });

  it.each([
    ["/v1", 400, "No"],
    ["/v1/gateway", 404, "No"],
    ["/gateway/V1", 404, "No. The base URL ends with /v1, and the client adds another /v1."],
  ])("has this message with the base path %s after a %i: %s", async (basePath, status, message) => {
    server.respondWith({ status, body: { code: 20404, message: "No", more_info: "https://example.com", status } });
    expect(await errorOf(client(`${server.url}${basePath}`).fetchProfile({ path }))).toMatchObject({ message });
  });

  it("keeps 512 bytes of a body that is not valid JSON", async () => {
    server.respondWith({ status: 502, body: "ö".repeat(1000) });
    expect(await errorOf(client().fetchProfile({ path }))).toMatchObject({
      bodyText: "ö".repeat(256),
      body: undefined,
    });
  });

  it.each([
    ["null", "null"],
    ["a number", "7"],
    ["an array", "[]"],
    ["a string", '"no"'],
  ])("has a message if the body is %s", async (_, body) => {
    server.respondWith({ status: 500, body });
    expect(await errorOf(client().fetchProfile({ path }))).toMatchObject({
      message: "fetchProfile returned status 500",
    });
  });

  it.each([301, 308])("is a ProfileMovedError with the canonical ID for a %i", async (status) => {
    const headers = { location: `${server.url}/elsewhere`, "canonical-profile-id": canonicalProfileId };
    server.respondWith({ status, headers, body: { message: "merged", uri: `${server.url}/elsewhere` } });
    const error = await errorOf(client().deleteProfile({ path }));
    expect(error).toMatchObject({ name: "ProfileMovedError", status, canonicalProfileId });
    expect([isProfileMovedError(error), isMemoryApiError(error, "deleteProfile")]).toEqual([true, true]);
  });

  it("is not a ProfileMovedError if the response is not a redirect", async () => {
    const headers = { "canonical-profile-id": canonicalProfileId };
    server.respondWith({ status: 404, headers, body: { code: 20404, message: "No", more_info: "", status: 404 } });
    const error = await errorOf(client().fetchProfile({ path }));
    expect([isProfileMovedError(error), isMemoryApiError(error, "fetchProfile", 404)]).toEqual([false, true]);
  });

  it("is not a ProfileMovedError if the header does not contain a profile ID", async () => {
    server.respondWith({
      status: 308,
      headers: { "canonical-profile-id": "../../elsewhere" },
      body: { message: "moved", uri: "https://example.com/" },
    });
    const error = await errorOf(client().deleteProfile({ path }));
    expect([isProfileMovedError(error), isMemoryApiError(error, "deleteProfile", 308)]).toEqual([false, true]);
  });
});

describe("a guard", () => {
  const body = { code: 20404, message: "gone", more_info: "https://example.com", status: 404 };
  const response = { headers: new Headers(), body, attempts: 1, now: 0 };
  const error = new ErrorOfOtherCopy({ ...response, operationId: "fetchProfile", status: 404 });

  it("recognizes an error of another copy of the package, for which instanceof fails", async () => {
    const { MemoryApiError } = await import("../dist/index.js");
    expect([error instanceof MemoryApiError, isMemoryApiError(error), isErrorOfOtherCopy(error)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("distinguishes operations and statuses", () => {
    expect(isMemoryApiError(error, "fetchProfile", 404)).toBe(true);
    expect(isMemoryApiError(error, "fetchProfile", 400)).toBe(false);
    expect(isMemoryApiError(error, "deleteProfile")).toBe(false);
  });

  it.each([undefined, "<h1>Not found</h1>", {}])(
    "with a status is false if the body is %j, not that of the contract",
    (body) => {
      const gatewayError = new ErrorOfOtherCopy({ ...response, body, operationId: "fetchProfile", status: 404 });
      expect(isMemoryApiError(gatewayError, "fetchProfile", 404)).toBe(false);
      expect(isMemoryApiError(gatewayError, "fetchProfile")).toBe(true);
    },
  );

  it("recognizes every error of the package", () => {
    expect([isMemoryError(error), isMemoryError(new InvalidParameterError("x", "y"))]).toEqual([true, true]);
    expect([isMemoryError(new Error("other")), isMemoryError(undefined)]).toEqual([false, false]);
  });

  it.each([undefined, null, "text", new Error("other"), { status: 404 }])("is false for %s", (other) => {
    expect(isMemoryApiError(other)).toBe(false);
  });
});

describe("the error of a missing response", () => {
  it("says that the request cannot have arrived if the connection is refused", async () => {
    const closed = await recordingServer();
    await closed.close();
    const error = await errorOf(client(closed.url).fetchProfile({ path }));
    expect(isConnectionError(error)).toBe(true);
    expect(error).toMatchObject({
      operationId: "fetchProfile",
      code: "ECONNREFUSED",
      mayHaveArrived: false,
      attempts: 1,
    });
  });

  it.each<[string, Parameters<typeof server.respondWith>[0]]>([
    ["the connection is reset", (response) => response.socket?.resetAndDestroy()],
    [
      "the body is cut off",
      (response) => {
        response.writeHead(200, { "content-length": 100 });
        response.write("{", () => response.socket?.destroy());
      },
    ],
  ])("says that the request may have arrived if %s", async (_, respond) => {
    server.respondWith(respond);
    const error = await errorOf(client().fetchProfile({ path }));
    expect(isConnectionError(error)).toBe(true);
    expect(error).toMatchObject({ mayHaveArrived: true });
  });

  it.each([
    ["connect ETIMEDOUT 192.0.2.1:443", false],
    ["getaddrinfo EAI_AGAIN api.example.com", false],
    ["self-signed certificate", false],
    ["disconnect event", true],
  ])("determines from %j whether the request may have arrived: %s", async (reason, mayHaveArrived) => {
    const fetch = () => Promise.reject(new Error(reason));
    const memory = createMemoryClient({ credentials: { apiKey: "key", apiSecret: "secret" }, fetch, retry: false });
    expect(await errorOf(memory.operations.fetchProfile({ path }))).toMatchObject({ mayHaveArrived });
  });

  it("can be logged as JSON, with its message", async () => {
    server.respondWith((response) => response.socket?.destroy());
    const error = await errorOf(client().fetchProfile({ path }));
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining("no response"),
      operationId: "fetchProfile",
    });
  });

  it("omits the parts of the request that a transport repeats", async () => {
    const { operations } = createMemoryClient({
      credentials: { apiKey: "key", apiSecret: "secret" },
      retry: false,
      fetch: async (_, init) => Promise.reject(new TypeError(`no match for ${JSON.stringify(init)}`)),
    });
    const body = { traits: { Contact: { email: "ada.reyes@example.com" } } };
    const message = String(await errorOf(operations.createProfile({ path: { storeId }, body })));
    expect(message).toContain("no match for");
    expect(message).not.toContain("ada.reyes@example.com");
    expect(message).not.toContain(Buffer.from("key:secret").toString("base64"));
  });

  it("omits the query of a URL that the transport names", async () => {
    const { operations } = createMemoryClient({
      credentials: { apiKey: "key", apiSecret: "secret" },
      retry: false,
      fetch: async (url) => Promise.reject(new TypeError(`error sending request for url (${url})`)),
    });
    const url = "https://uploads.example.com/file?token=signature";
    const error = await errorOf(operations.uploadImportFile({ url, body: "a" }));
    expect(String(error)).toBe(
      "ConnectionError: uploadImportFile: no response (error sending request for url (https://uploads.example.com/file?…))",
    );
  });
});
