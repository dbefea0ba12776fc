import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { userAgentHeaders, withHeaders } from "../src/connection/request-headers.ts";
import { type ClientOptions, createMemoryClient, fetchProfile, uploadImportFile } from "../src/index.ts";
import { createFetchClient } from "../src/openapi-fetch/index.ts";
import { recordingServer } from "./recording-server.ts";

const path = { storeId: "mem_store_00000000000000000000000000" } as const;
const credentials = { apiKey: "key", apiSecret: "secret" };

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

let server: Awaited<ReturnType<typeof recordingServer>>;
let other: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
  other = await recordingServer();
});
afterAll(() => Promise.all([server.close(), other.close()]));
beforeEach(() => {
  server.requests.length = 0;
  other.requests.length = 0;
  server.respondWith({ status: 200, body: { imports: [] } });
});

const client = (options: ClientOptions = {}) =>
  createMemoryClient({ baseUrl: server.url, credentials, retry: false, ...options });
const sentHeaders = () => server.requests.map(({ headers }) => headers);

describe("the option headers", () => {
  it("adds headers to every request, and those of a call replace those of the client", async () => {
    const { operations } = client({ headers: { "X-Tenant": "shop", "X-Trace": "client" } });
    await operations.listProfileImportsV2({ path });
    await operations.listProfileImportsV2({ path }, { headers: { "x-trace": "call" } });
    expect(sentHeaders()).toMatchObject([
      { "x-tenant": "shop", "x-trace": "client" },
      { "x-tenant": "shop", "x-trace": "call" },
    ]);
  });

  it("may be a Headers object, a Map or a list of pairs", async () => {
    const { operations } = client({ headers: new Headers({ "X-Tenant": "shop" }) });
    await operations.listProfileImportsV2({ path }, { headers: new Map([["X-Trace", "call"]]) });
    await operations.listProfileImportsV2({ path }, { headers: [["X-Tenant", undefined]] });
    const [first, second] = sentHeaders();
    expect(first).toMatchObject({ "x-tenant": "shop", "x-trace": "call" });
    expect(second).not.toHaveProperty("x-tenant");
  });

  it("removes a header that is undefined, and can replace the credentials", async () => {
    const { operations } = client({ headers: { "X-Tenant": "shop", authorization: "Bearer token" } });
    await operations.listProfileImportsV2({ path }, { headers: { "X-Tenant": undefined, "User-Agent": undefined } });
    const [headers] = sentHeaders();
    expect(headers).toMatchObject({ authorization: "Bearer token" });
    expect(headers).not.toHaveProperty("x-tenant");
    expect(headers?.["user-agent"] ?? "").not.toContain("memory-api-client");
  });

  it.each([
    [{ "X Tenant": "shop" }, "a name is not a valid header name"],
    [{ " X": "shop" }, "a name is not a valid header name"],
    [{ "X:": "shop" }, "a name is not a valid header name"],
    [{ "": "shop" }, "a name is not a valid header name"],
    [{ "X-Tenant": "sh\r\nop" }, "X-Tenant must be a string without control characters"],
    [{ "X-Tenant": "\nshop" }, "X-Tenant must be a string without control characters"],
    [{ "X-Tenant": "shop\u007f" }, "X-Tenant must be a string without control characters"],
    [{ "X-Tenant": "☕" }, "X-Tenant must be a string without control characters or characters beyond Latin-1"],
    [{ "content-type": "text/csv" }, "content-type cannot be set: it depends on the body"],
    [{ "Content-Length": "7" }, "Content-Length cannot be set: it depends on the body"],
    [{ "TRANSFER-ENCODING": undefined }, "TRANSFER-ENCODING cannot be set: it depends on the body"],
  ])("is rejected before anything is sent: %j", async (headers, reason) => {
    expect(() => client({ headers })).toThrow(`headers: ${reason}`);
    const call = client().operations.listProfileImportsV2({ path }, { headers });
    await expect(call).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "headers" });
    expect(server.requests).toEqual([]);
  });

  it("is rejected if a value is not a string", () => {
    // @ts-expect-error: a number
    expect(() => client({ headers: { "X-Retries": 3 } })).toThrow("headers: X-Retries must be a string");
  });

  it("can have empty values, and values with tabs and the characters of Latin-1", async () => {
    const { operations } = client({ headers: { "X-Empty": "", "X-Name": "Zoë\tReyes ~" } });
    await operations.listProfileImportsV2({ path });
    expect(sentHeaders()).toMatchObject([{ "x-empty": "", "x-name": "Zoë\tReyes ~" }]);
  });

  it("replaces a header of the same name in any case, and keeps the others", () => {
    const given = { Authorization: "Basic a2V5", "X-Trace": "client", "X-Tenant": "shop" };
    expect(withHeaders(given, { authorization: "Bearer token", "x-TRACE": "call" })).toEqual({
      Authorization: "Bearer token",
      "x-TRACE": "call",
      "X-Tenant": "shop",
    });
    expect(withHeaders(given, undefined)).toEqual(given);
  });

  it("is not sent to the service of an upload URL, unless it belongs to the call", async () => {
    const { connection } = client({ headers: { "X-Gateway-Key": "a long secret" } });
    const upload = { url: `${other.url}/upload`, body: "email\n" };
    await uploadImportFile(connection, upload, { headers: { "X-Trace": "call" } });
    expect(other.requests[0]?.headers).toMatchObject({ "x-trace": "call", "content-type": "text/csv" });
    expect(other.requests[0]?.headers).not.toHaveProperty("x-gateway-key");
  });

  it("is sent to an upload URL of the same origin, under any path", async () => {
    const { connection } = client({ baseUrl: `${server.url}/gateway`, headers: { "X-Gateway-Key": "a long secret" } });
    await uploadImportFile(connection, { url: `${server.url}/upload`, body: "email\n" });
    expect(sentHeaders()).toMatchObject([{ "x-gateway-key": "a long secret" }]);
  });

  it("applies to the openapi-fetch client, whose requests replace headers, but not to another origin", async () => {
    other.respondWith({ status: 200, body: { imports: [] } });
    const { connection } = client({ headers: { "X-Gateway-Key": "a long secret", "X-Trace": "client" } });
    const params = { path };
    const fetchClient = createFetchClient({ connection });
    await fetchClient.GET("/v1/Stores/{storeId}/Profiles/Imports", { params, headers: { "X-Trace": "call" } });
    await fetchClient.GET("/v1/Stores/{storeId}/Profiles/Imports", { params, baseUrl: other.url });
    expect(sentHeaders()).toMatchObject([{ "x-gateway-key": "a long secret", "x-trace": "call" }]);
    expect(other.requests).toHaveLength(1);
    expect(other.requests[0]?.headers).not.toHaveProperty("x-gateway-key");
  });

  it("has values that errors do not repeat", async () => {
    const body = { code: 1, message: "key a-long-secret is unknown", more_info: "", status: 401 };
    server.respondWith({ status: 401, body });
    const { operations } = client({ headers: { "X-Gateway-Key": "a-long-secret" } });
    const error = await operations.listProfileImportsV2({ path }).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("key … is unknown");
  });
});

describe("the User-Agent", () => {
  const product = `memory-api-client/${version} node/${process.versions.node}`;

  it("names the client and the runtime with their versions on every transport", async () => {
    for (const transport of ["node-http", "fetch"] as const) {
      await client({ transport }).operations.listProfileImportsV2({ path });
    }
    expect(sentHeaders().map((headers) => headers["user-agent"])).toEqual([product, product]);
  });

  it("begins with the product of the application", async () => {
    await client({ userAgent: "newsletter/2" }).operations.listProfileImportsV2({ path });
    expect(sentHeaders()).toMatchObject([{ "user-agent": `newsletter/2 ${product}` }]);
    expect(() => client({ userAgent: "a\nb" })).toThrow("userAgent: must be a string without control characters");
  });
});

describe("the User-Agent of a runtime", () => {
  const own = `memory-api-client/${version}`;

  it.each([
    ["Bun", { process: { versions: { node: "24.3.0", bun: "1.3.1" } } }, `${own} bun/1.3.1`],
    ["Deno", { process: { versions: { node: "24.2.0", deno: "2.5.0" } } }, `${own} deno/2.5.0`],
    ["workerd", { process: undefined, navigator: { userAgent: "Cloudflare-Workers" } }, `${own} workerd`],
    ["workerd with a process", { process: {}, navigator: { userAgent: "Cloudflare-Workers" } }, `${own} workerd`],
    ["a browser, which sends its own", { process: undefined, navigator: { userAgent: "Mozilla/5.0" } }, undefined],
    ["an unknown platform", { process: undefined, navigator: undefined }, undefined],
  ])("is that of %s", (_, globals, expected) => {
    for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(userAgentHeaders(undefined)).toEqual(expected === undefined ? {} : { "User-Agent": expected });
  });
});

describe("withOptions", () => {
  it("returns a client with other options, and leaves the original as it is", async () => {
    const memory = client({ headers: { "X-Trace": "one" } });
    const changed = memory.withOptions({ headers: { "X-Trace": "two" }, userAgent: undefined });
    await changed.operations.listProfileImportsV2({ path });
    await memory.operations.listProfileImportsV2({ path });
    expect(sentHeaders().map((headers) => headers["x-trace"])).toEqual(["two", "one"]);
  });

  it("shares the pause after a 429, unless the credentials or the service change", () => {
    const { connection, withOptions } = client();
    const derived = (options: ClientOptions) => withOptions(options).connection;
    expect(derived({ timeout: 1 }).pause).toBe(connection.pause);
    expect(derived({ timeout: 1 }).budget).toBe(connection.budget);
    for (const changed of [{ credentials: false }, { baseUrl: other.url }] as const) {
      expect(derived(changed).pause).not.toBe(connection.pause);
      expect(derived(changed).budget).not.toBe(connection.budget);
    }
  });

  it("keeps a base URL that came from the environment, which may have changed", () => {
    vi.stubEnv("MEMORY_BASE_URL", "https://first.example");
    onTestFinished(() => void vi.unstubAllEnvs());
    const memory = createMemoryClient({ credentials });
    vi.stubEnv("MEMORY_BASE_URL", "https://second.example");
    expect(memory.withOptions({ timeout: 1 }).connection.baseUrl).toBe("https://first.example");
    expect(memory.withOptions({ baseUrl: undefined }).connection.baseUrl).toBe("https://first.example");
  });

  it("keeps the options that are undefined", async () => {
    const memory = client({ headers: { "X-Trace": "one" }, userAgent: "newsletter/2" });
    await memory.withOptions({ headers: undefined, userAgent: undefined }).operations.listProfileImportsV2({ path });
    expect(sentHeaders()).toMatchObject([{ "x-trace": "one", "user-agent": expect.stringMatching(/^newsletter/) }]);
  });

  it("changes credentials and the base URL, and keeps those that are not given", async () => {
    const memory = client();
    await memory.withOptions({ credentials: false }).operations.listProfileImportsV2({ path });
    await memory.withOptions({ timeout: 1000 }).operations.listProfileImportsV2({ path });
    const basic = `Basic ${Buffer.from("key:secret").toString("base64")}`;
    expect(sentHeaders().map(({ authorization }) => authorization)).toEqual([undefined, basic]);
    expect(() => memory.withOptions({ baseUrl: "nowhere" })).toThrow("baseUrl: must be an absolute HTTP URL");
  });
});

describe("the option transport", () => {
  it("decides whether globalThis.fetch sends a call, even if it was replaced", async () => {
    const replaced = vi.spyOn(globalThis, "fetch");
    await client({ transport: "node-http" }).operations.listProfileImportsV2({ path });
    expect(replaced).not.toHaveBeenCalled();
    await client({ transport: "fetch" }).operations.listProfileImportsV2({ path });
    expect(replaced).toHaveBeenCalledTimes(1);
    await client({ transport: "auto" }).operations.listProfileImportsV2({ path });
    expect(replaced).toHaveBeenCalledTimes(2);
    replaced.mockRestore();
  });

  it("that does not exist, or that fetch replaces, is rejected", () => {
    // @ts-expect-error: no such transport
    expect(() => client({ transport: "http2" })).toThrow('transport: must be "auto", "fetch" or "node-http"');
    const both = { fetch: globalThis.fetch, transport: "fetch" } as const;
    expect(() => client(both)).toThrow("transport: cannot be combined with the option fetch");
  });
});

describe("asResponse", () => {
  it("resolves to the platform's Response, with all headers and an unread body", async () => {
    const profile = { id: "mem_profile_00000000000000000000000000", createdAt: "2026-01-01T00:00:00Z", traits: {} };
    const headers = { "Content-Type": "application/json", "X-Request-Id": "r1", "X-Other": "a, b" };
    server.respondWith({ status: 200, headers, body: profile });
    const profileId: string = profile.id;
    for (const transport of ["node-http", "fetch"] as const) {
      const { connection } = client({ transport });
      const response = await fetchProfile(connection, { path: { ...path, profileId } }).asResponse();
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({ "x-request-id": "r1", "x-other": "a, b" });
      expect(await response.json()).toEqual(profile);
    }
  });

  it("rejects with the error of the call", async () => {
    server.respondWith({ status: 404, body: {} });
    await expect(client().operations.listProfileImportsV2({ path }).asResponse()).rejects.toMatchObject({
      status: 404,
    });
  });

  it("and withResponse list the headers of a custom transport that has only get", async () => {
    const response = {
      status: 200,
      ok: true,
      headers: { get: (name: string) => (name === "x-request-id" ? "r2" : null) },
    };
    const fetch = async () => ({ ...response, text: async () => '{"imports":[]}' });
    const { headers } = await client({ fetch }).operations.listProfileImportsV2({ path }).withResponse();
    expect([...headers]).toEqual([["x-request-id", "r2"]]);
  });
});
