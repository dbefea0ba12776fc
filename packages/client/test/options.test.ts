import { createMemoryClient, type Middleware } from "@memory-api/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { environmentBaseUrl, environmentCredentials } from "../src/connection/credentials.ts";
import { recordingServer } from "./recording-server.ts";

const path = { storeId: "mem_store_00000000000000000000000000" } as const;
const credentials = { apiKey: "key", apiSecret: "secret" };
const basic = (pair: string) => `Basic ${Buffer.from(pair).toString("base64")}`;

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  server.respondWith({ status: 200, body: { imports: [] } });
});
afterEach(() => vi.unstubAllEnvs());

const VARIABLES = ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "MEMORY_BASE_URL"];
function environment(variables: Record<string, string>) {
  for (const name of VARIABLES) vi.stubEnv(name, variables[name]);
}

describe("credentials", () => {
  it.each([
    [{ TWILIO_API_KEY: "SK1", TWILIO_API_SECRET: "s" }, "SK1:s"],
    [{ TWILIO_ACCOUNT_SID: "AC1", TWILIO_AUTH_TOKEN: "t" }, "AC1:t"],
    [{ TWILIO_API_KEY: "SK1", TWILIO_API_SECRET: "s", TWILIO_ACCOUNT_SID: "AC1", TWILIO_AUTH_TOKEN: "t" }, "SK1:s"],
    [{ TWILIO_API_KEY: "SK1", TWILIO_ACCOUNT_SID: "AC1", TWILIO_AUTH_TOKEN: "t" }, "AC1:t"],
  ])("are taken from the environment: %j", async (variables, pair) => {
    environment({ ...variables, MEMORY_BASE_URL: server.url });
    await createMemoryClient().operations.listProfileImportsV2({ path });
    expect(server.requests[0]?.headers.authorization).toBe(basic(pair));
  });

  it.each([
    {},
    { TWILIO_API_KEY: "SK1" },
    { TWILIO_API_SECRET: "s" },
    { TWILIO_ACCOUNT_SID: "AC1" },
    { TWILIO_AUTH_TOKEN: "t" },
    { TWILIO_API_KEY: "SK1", TWILIO_AUTH_TOKEN: "t" },
  ])("that are missing throw an error that says what to set: %j", (variables) => {
    environment(variables);
    expect(() => createMemoryClient()).toThrow(
      new TypeError(
        "No credentials: pass the option credentials, or set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
      ),
    );
  });

  it.each([
    ["has no process", undefined],
    ["has a process without an environment", {}],
    [
      "does not permit reading the environment",
      {
        get env() {
          throw new Error("NotCapable");
        },
      },
    ],
  ])("and the base URL are not read from the environment if the platform %s", (_, process) => {
    vi.stubGlobal("process", process);
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(environmentBaseUrl()).toBeUndefined();
    expect(() => environmentCredentials()).toThrow("No credentials: ");
  });

  it.each<object>([
    { apiKey: "key", apiSecret: "" },
    { apiKey: "", apiSecret: "secret" },
    { apiKey: "key" },
    { apiKey: "key", authToken: "t" },
    { apiKey: "key", apiSecret: 7 },
    { accountSid: "", authToken: "t" },
    { accountSid: "AC1", authToken: "" },
    { accountSid: "AC1" },
    {},
  ])("that are incomplete are rejected: %j", (given) => {
    // @ts-expect-error: a part is missing
    const create = () => createMemoryClient({ credentials: given });
    expect(create).toThrow("credentials: must have apiKey and apiSecret, or accountSid and authToken");
  });

  it("can come from a function, which is called before each attempt", async () => {
    let calls = 0;
    server.respondWith({ status: 503 }, { status: 200, body: { imports: [] } });
    const provider = async () => ({ apiKey: "key", apiSecret: `secret${++calls}` });
    const { operations } = createMemoryClient({ baseUrl: server.url, credentials: provider, retry: { baseMs: 1 } });
    await operations.listProfileImportsV2({ path });
    const sent = server.requests.map(({ headers }) => headers.authorization);
    expect(sent).toEqual([basic("key:secret1"), basic("key:secret2")]);
  });

  it("that arrive after the call was aborted are not used", async () => {
    const reason = new Error("no longer needed");
    const controller = new AbortController();
    let provide = (_: typeof credentials) => {};
    const provider = () =>
      new Promise<typeof credentials>((resolve) => {
        provide = resolve;
      });
    const { operations } = createMemoryClient({ baseUrl: server.url, credentials: provider });
    const call = operations.listProfileImportsV2({ path }, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    provide(credentials);
    await operations.listProfileImportsV2({ path }, { signal: AbortSignal.abort(reason) }).catch(() => {});
    expect(server.requests).toEqual([]);
  });

  it("from a function that fails reject the call with its error, and nothing is sent", async () => {
    const failed = new Error("The vault is closed.");
    const { operations } = createMemoryClient({ baseUrl: server.url, credentials: () => Promise.reject(failed) });
    await expect(operations.listProfileImportsV2({ path })).rejects.toBe(failed);
    expect(server.requests).toEqual([]);
  });
});

describe("the base URL", () => {
  it("is that of the live service if the variable is empty", () => {
    environment({ MEMORY_BASE_URL: "" });
    expect(createMemoryClient({ credentials }).connection.baseUrl).toBe("https://memory.twilio.com");
  });

  it.each([
    "",
    "memory.twilio.com",
    "ftp://example.com",
    "https://",
    "https:///v1",
    "https://?x=1",
    "https://a:b@example.com",
    "https://a.example?x=1",
    "https://a.example/?x=1",
    "https://a.example/#x",
    " https://a.example",
    "https://a.example/ ",
    "https://a example",
  ])("that is %j is rejected", (baseUrl) => {
    expect(() => createMemoryClient({ credentials, baseUrl })).toThrow(
      "baseUrl: must be an absolute HTTP URL without credentials, query or fragment",
    );
  });

  it.each([
    ["http://a.example", "http://a.example"],
    ["HTTPS://A.EXAMPLE", "HTTPS://A.EXAMPLE"],
    ["https://a.example//", "https://a.example"],
    ["https://a.example/b//c/", "https://a.example/b//c"],
  ])("that is %j is accepted, without slashes at the end", (baseUrl, expected) => {
    expect(createMemoryClient({ credentials, baseUrl }).connection.baseUrl).toBe(expected);
  });

  it("may have a path", async () => {
    await createMemoryClient({ credentials, baseUrl: `${server.url}/gateway/` }).operations.listProfileImportsV2({
      path,
    });
    expect(server.requests[0]?.url).toBe(`/gateway/v1/Stores/${path.storeId}/Profiles/Imports`);
  });
});

describe("a body", () => {
  it.each([
    ["NaN", Number.NaN],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["a bigint", 1n],
  ])("with %s is rejected, because JSON has no such value and would remove the trait", async (_, points) => {
    const { operations } = createMemoryClient({ baseUrl: server.url, credentials });
    const profile = { ...path, profileId: "mem_profile_00000000000000000000000000" } as const;
    const call = operations.patchProfileTraits({
      path: profile,
      // @ts-expect-error: a trait cannot be a bigint
      body: { traits: { Loyalty: { points } } },
    });
    await expect(call).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: "points",
      message: "points: must be JSON: no NaN, Infinity or bigint",
    });
    expect(server.requests).toEqual([]);
  });
});

describe("middleware", () => {
  it("wraps each attempt, with the first one outermost", async () => {
    const seen: string[] = [];
    const named =
      (name: string): Middleware =>
      async (request, next, { operationId, pathTemplate, attempt }) => {
        seen.push(`${name} ${operationId} ${pathTemplate} ${attempt}`);
        const response = await next({ ...request, headers: { ...request.headers, [name]: "1" } });
        seen.push(`${name} ${response.status}`);
        return response;
      };
    server.respondWith({ status: 503 }, { status: 200, body: { imports: [] } });
    const { operations } = createMemoryClient({
      baseUrl: server.url,
      credentials,
      retry: { baseMs: 1 },
      middleware: [named("outer"), named("inner")],
    });
    await operations.listProfileImportsV2({ path });
    const call = "listProfileImportsV2 /v1/Stores/{storeId}/Profiles/Imports";
    expect(seen).toEqual([
      ...[`outer ${call} 1`, `inner ${call} 1`, "inner 503", "outer 503"],
      ...[`outer ${call} 2`, `inner ${call} 2`, "inner 200", "outer 200"],
    ]);
    expect(server.requests[1]?.headers).toMatchObject({ outer: "1", inner: "1" });
  });

  it("can return a response instead of the service", async () => {
    const { operations } = createMemoryClient({
      credentials,
      middleware: [async () => Response.json({ imports: [] })],
    });
    expect(await operations.listProfileImportsV2({ path })).toEqual({ imports: [] });
  });

  it("that throws rejects the call with its own error, without a retry", async () => {
    const fault = new Error("no");
    const { stack } = fault;
    let calls = 0;
    const { operations } = createMemoryClient({
      credentials,
      middleware: [
        () => {
          calls++;
          return Promise.reject(fault);
        },
      ],
    });
    await expect(operations.listProfileImportsV2({ path })).rejects.toBe(fault);
    expect(fault.stack).toBe(stack);
    expect(calls).toBe(1);
  });
});
