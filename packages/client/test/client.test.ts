import { readdirSync, readFileSync } from "node:fs";
import { createMemoryClient, InvalidParameterError, MemoryApiError } from "@memory-api/client";
import { operations } from "@memory-api/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordingServer } from "./recording-server.ts";

const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
const path = { storeId } as const;

let server: Awaited<ReturnType<typeof recordingServer>>;
const client = (credentials = { apiKey: "key", apiSecret: "secret" }) =>
  createMemoryClient({ credentials, baseUrl: `${server.url}/`, retry: false }).operations;

beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  server.respondWith({ status: 200, body: {} });
});

describe("a request", () => {
  it("has the method and path of the contract, a JSON body and Basic credentials", async () => {
    server.respondWith({ status: 202, body: { id: profileId, message: "ok" } });
    const body = { traits: { Contact: { email: "ada.reyes@example.com" } } };
    await expect(client().createProfile({ path, body })).resolves.toEqual({ id: profileId, message: "ok" });
    expect(server.requests).toMatchObject([
      {
        method: "POST",
        url: `/v1/Stores/${storeId}/Profiles`,
        headers: {
          authorization: `Basic ${Buffer.from("key:secret").toString("base64")}`,
          "content-type": "application/json",
        },
        body: JSON.stringify(body),
      },
    ]);
  });

  it("encodes an account and its token in UTF-8", async () => {
    server.respondWith({ status: 200, body: { imports: [] } });
    const { operations } = createMemoryClient({
      credentials: { accountSid: "AC1", authToken: "gehëim" },
      baseUrl: server.url,
    });
    await operations.listProfileImportsV2({ path });
    const expected = Buffer.from("AC1:gehëim", "utf8").toString("base64");
    expect(server.requests[0]?.headers.authorization).toBe(`Basic ${expected}`);
  });

  it("encodes the query and omits parameters that are not given", async () => {
    server.respondWith({ status: 200, body: { profiles: [], meta: {} } });
    await client().listProfiles({ path, query: { pageSize: 10, pageToken: "a b&c" } });
    expect(server.requests[0]?.url).toBe(`/v1/Stores/${storeId}/Profiles?pageSize=10&pageToken=a%20b%26c`);
    expect(server.requests[0]?.headers).not.toHaveProperty("content-type");
  });

  it.each([undefined, null])("omits a query parameter that is %s", async (pageToken) => {
    server.respondWith({ status: 200, body: { profiles: [], meta: {} } });
    // @ts-expect-error: an omitted parameter
    await client().listProfiles({ path, query: { pageSize: 10, pageToken } });
    expect(server.requests[0]?.url).toBe(`/v1/Stores/${storeId}/Profiles?pageSize=10`);
  });

  it("is sent through the option fetch", async () => {
    const seen: string[] = [];
    const { operations } = createMemoryClient({
      credentials: { apiKey: "key", apiSecret: "secret" },
      fetch: async (url, { method }) => {
        seen.push(`${method} ${url}`);
        return Response.json({ imports: [] });
      },
    });
    await operations.listProfileImportsV2({ path });
    expect(seen).toEqual([`GET https://memory.twilio.com/v1/Stores/${storeId}/Profiles/Imports`]);
  });
});

describe("an upload", () => {
  it("goes to the given URL as it is, as CSV with its length, without credentials", async () => {
    server.respondWith({ status: 200 });
    const url = `${server.url}/bucket/file%20one.csv?X-Signature=a%2Bb&expires=1`;
    const body = "email,name\nada@example.com,Ñandú\n";
    await expect(client().uploadImportFile({ url, body })).resolves.toBeUndefined();
    expect(server.requests[0]).toMatchObject({
      method: "PUT",
      url: "/bucket/file%20one.csv?X-Signature=a%2Bb&expires=1",
      headers: { "content-type": "text/csv", "content-length": String(Buffer.byteLength(body)) },
      body,
    });
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it.each(["", "/uploads/x", "ftp://host/x", "not a url"])("to %j is rejected before anything is sent", async (url) => {
    await expect(client().uploadImportFile({ url, body: "x" })).rejects.toThrow(
      new InvalidParameterError("url", "must be the url of the created import, exactly as it was returned"),
    );
    expect(server.requests).toEqual([]);
  });

  it("is rejected if its URL is not a string", async () => {
    const url = new URL(server.url);
    // @ts-expect-error: the contract has a string
    await expect(client().uploadImportFile({ url, body: "x" })).rejects.toThrow(InvalidParameterError);
    expect(server.requests).toEqual([]);
  });
});

describe("path parameters", () => {
  it.each(["", ".", "..", "%2e%2e", "../Imports", "a/b", "a\\b", "a\nb", `${profileId}/`, storeId, importId])(
    "that are %j instead of a profile ID are rejected, and nothing is sent",
    async (wrong) => {
      const call = client().fetchProfile({ path: { storeId, profileId: wrong as typeof profileId } });
      await expect(call).rejects.toMatchObject({
        name: "InvalidParameterError",
        parameter: "profileId",
        message: "profileId: must be a string that matches ^mem_profile_[0-7][0-9a-z]{25}$",
      });
      expect(server.requests).toEqual([]);
    },
  );
});

describe("a path parameter that is not a string", () => {
  it("is rejected, even if its text is an ID", async () => {
    // @ts-expect-error: a list of one ID
    const call = client().fetchProfile({ path: { storeId, profileId: [profileId] } });
    await expect(call).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "profileId" });
    expect(server.requests).toEqual([]);
  });
});

describe("a response that is not successful", () => {
  const fetchProfile = () => client().fetchProfile({ path: { storeId, profileId } });

  it("rejects with its status, code, message, body and headers", async () => {
    const body = { code: 20429, message: "Slow down", more_info: "https://example.com", status: 429 };
    server.respondWith({ status: 429, headers: { "retry-after": "7" }, body });
    const error = await fetchProfile().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MemoryApiError);
    expect(error).toMatchObject({ operationId: "fetchProfile", status: 429, code: 20429, message: "Slow down", body });
    expect((error as MemoryApiError).headers.get("retry-after")).toBe("7");
  });

  it("is not followed if it is a redirect", async () => {
    const body = { message: "merged", uri: `${server.url}/elsewhere` };
    server.respondWith({ status: 301, headers: { location: `${server.url}/elsewhere` }, body });
    await expect(fetchProfile()).rejects.toMatchObject({ status: 301, code: undefined, body });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["an empty body", 503, undefined, undefined],
    ["an HTML page of a proxy", 502, "<h1>Bad gateway</h1>", "<h1>Bad gateway</h1>"],
  ])("may have %s", async (_, status, sent, bodyText) => {
    server.respondWith({ status, ...(sent !== undefined && { body: sent }) });
    const message = `fetchProfile returned status ${status}`;
    await expect(fetchProfile()).rejects.toMatchObject({
      name: "MemoryApiError",
      status,
      message,
      body: undefined,
      bodyText,
    });
  });
});

describe("a success without the JSON of its operation", () => {
  it.each([
    ["an HTML page", { body: "<h1>Welcome</h1>" }, "<h1>Welcome</h1>"],
    ["an empty body", { headers: { "content-length": "0" } }, undefined],
    ["an empty body of unknown length", { headers: { "transfer-encoding": "chunked" } }, undefined],
    ["half a body", { body: '{"id":' }, '{"id":'],
    ["the body null", { body: "null" }, "null"],
    ["an array as its body", { body: "[]" }, "[]"],
    ["a body without the required properties", { body: '{"id":"x"}' }, '{"id":"x"}'],
  ])("rejects if it has %s", async (_, response, bodyText) => {
    server.respondWith({ status: 200, ...response });
    const message = "fetchProfile returned status 200, but the body is not the JSON of the contract";
    const call = client().fetchProfile({ path: { storeId, profileId } });
    await expect(call).rejects.toMatchObject({
      name: "MemoryApiError",
      status: 200,
      code: undefined,
      message,
      bodyText,
    });
  });
});

describe("the response to an accepted write", () => {
  const deleteProfile = () => client().deleteProfile({ path: { storeId, profileId } });

  it("may lack its message", async () => {
    server.respondWith({ status: 202, body: {} });
    await expect(deleteProfile()).resolves.toEqual({});
  });

  it.each(["", "null", "7", '"accepted"', "<h1>Accepted</h1>"])(
    "is thrown if it is not an object: %j",
    async (body) => {
      server.respondWith({ status: 202, body });
      await expect(deleteProfile()).rejects.toMatchObject({ name: "MemoryApiError", status: 202, attempts: 1 });
    },
  );
});

describe("the package", () => {
  it("has a method for each operation of the contract", () => {
    expect(Object.keys(client()).sort()).toEqual(Object.keys(operations).sort());
  });

  it("has no type of openapi-fetch outside its own entry point, and none of openapi-typescript", () => {
    const dist = new URL("../dist/", import.meta.url);
    const importing = readdirSync(dist, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".d.ts"))
      .filter((name) => /from "openapi-|import\("openapi-/.test(readFileSync(new URL(name, dist), "utf8")));
    expect(importing.sort()).toEqual([
      "openapi-fetch/create-fetch-client.d.ts",
      "openapi-fetch/throw-memory-errors.d.ts",
    ]);
  });
});
