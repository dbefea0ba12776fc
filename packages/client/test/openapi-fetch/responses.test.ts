import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { profileMoved } from "../../src/openapi-fetch/index.ts";
import type { FetchResponse } from "../../src/transports/fetch.ts";
import {
  canonicalProfileId,
  connected,
  found,
  init,
  notFound,
  PROFILE,
  profileId,
  server,
  storeId,
} from "./client-of-servers.ts";

describe("a response", () => {
  it("keeps all its headers and its exact body", async () => {
    const page = "<h1>Bad gateway</h1>".repeat(100);
    server.respondWith({ status: 502, headers: { "x-proxy": "one", "content-type": "text/html" }, body: page });
    const { error, response } = await connected({ retry: false }).client.GET(PROFILE, init);
    expect([error, response.headers.get("x-proxy")]).toEqual([page, "one"]);
  });

  it("is decoded", async () => {
    const compressed = gzipSync(JSON.stringify(found.body));
    server.respondWith((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(compressed));
    expect((await connected().client.GET(PROFILE, init)).data?.id).toBe(profileId);
  });

  it("has the documented headers if the transport does not list its headers", async () => {
    const documented = [
      "accept-encoding",
      "allow",
      "canonical-profile-id",
      "content-type",
      "location",
      "retry-after",
      "www-authenticate",
      "x-request-id",
    ];
    const headers = { get: (name: string) => (documented.includes(name) ? `${name} 1` : null) };
    const fetch = async () => ({ status: 404, ok: false, headers, text: async () => "{}" });
    const { response } = await connected({ fetch }).client.GET(PROFILE, init);
    expect([...response.headers]).toEqual(documented.map((name) => [name, `${name} 1`]));
  });

  it("can have a status without a body", async () => {
    const { client } = connected({ fetch: async () => new Response(null, { status: 304 }) });
    expect((await client.GET(PROFILE, init)).response.status).toBe(304);
  });
});

describe("headers of a response", () => {
  it("keep each cookie apart", async () => {
    server.respondWith((response) => response.writeHead(404, { "set-cookie": ["a=1; Path=/", "b=2"] }).end("{}"));
    const { response } = await connected().client.GET(PROFILE, init);
    expect(response.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
  });

  it("do not contain a coding that was decoded, or a type that was not sent", async () => {
    const compressed = gzipSync(JSON.stringify(notFound));
    server.respondWith((response) =>
      response.writeHead(404, { "content-encoding": "gzip", "content-length": compressed.length }).end(compressed),
    );
    const { response } = await connected().client.GET(PROFILE, init);
    expect([...response.headers.keys()]).toEqual(
      expect.not.arrayContaining(["content-encoding", "content-length", "content-type"]),
    );
  });

  it("are all kept if they are of another implementation of Headers", async () => {
    const pairs = [
      ["canonical-profile-id", canonicalProfileId],
      ["x-rate", "7"],
    ] as const;
    const headers = {
      get: (name: string) => pairs.find(([known]) => known === name.toLowerCase())?.[1] ?? null,
      raw: () => ({}),
      [Symbol.iterator]: () => pairs[Symbol.iterator](),
    };
    const fetch = async () => ({
      status: 308,
      ok: false,
      headers: Object(headers),
      text: async () => JSON.stringify({ message: "m", uri: "u" }),
    });
    const result = await connected({ fetch }).client.DELETE(PROFILE, init);
    expect(result.response.headers.get("x-rate")).toBe("7");
    expect(profileMoved(result)).toMatchObject({ canonicalProfileId });
  });
});

describe("an undocumented response", () => {
  it("rejects if it is a success without the JSON of the operation", async () => {
    server.respondWith({ status: 200, headers: { "content-type": "text/html" }, body: "<h1>Welcome</h1>" });
    await expect(connected().client.GET(PROFILE, init)).rejects.toMatchObject({ name: "MemoryApiError", status: 200 });
  });

  it("has an error even if its body is empty", async () => {
    server.respondWith({ status: 502, headers: { "content-length": "0" } });
    const { data, error } = await connected({ retry: false }).client.GET(PROFILE, init);
    expect({ data, error }).toEqual({ data: undefined, error: expect.objectContaining({ status: 502, code: 502 }) });
  });

  it("rejects if a Response cannot have its status", async () => {
    server.respondWith((response) => response.writeHead(700).end("{}"));
    await expect(connected().client.GET(PROFILE, init)).rejects.toMatchObject({ name: "MemoryApiError", status: 700 });
  });

  it("is a moved profile by its status and header, even without a body", async () => {
    server.respondWith({ status: 308, headers: { "canonical-profile-id": canonicalProfileId } });
    const result = await connected().client.DELETE(PROFILE, init);
    expect(profileMoved(result)).toEqual({ status: 308, canonicalProfileId, body: undefined });
    expect(result.error).toBeFalsy();
  });
});

describe("a redirect that a browser hides", () => {
  it("has the canonical ID that a GET returns", async () => {
    const hidden: FetchResponse = {
      status: 0,
      ok: false,
      type: "opaqueredirect",
      headers: new Headers(),
      text: async () => "",
    };
    const read = JSON.stringify({ id: canonicalProfileId, createdAt: "2026-01-01T00:00:00Z", traits: {} });
    const { client } = connected({
      fetch: async (_, { redirect }) => (redirect === "follow" ? new Response(read) : hidden),
    });
    const uri = `${server.url}/v1/Stores/${storeId}/Profiles/${canonicalProfileId}`;
    expect(profileMoved(await client.DELETE(PROFILE, init))).toEqual({
      status: 308,
      canonicalProfileId,
      body: { message: expect.any(String), uri },
    });
  });
});
