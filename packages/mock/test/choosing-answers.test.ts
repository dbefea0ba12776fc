import { once } from "node:events";
import { createServer } from "node:http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { AUTHORIZATION, creation, PROFILE, PROFILES } from "./requests.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.stop());

const headers = { Authorization: AUTHORIZATION };

describe("prefer", () => {
  it("returns the header that selects a status and an example", async () => {
    const chosen = mock.prefer({ status: 404, example: "profileNotFound" });
    expect(chosen).toEqual({ Prefer: "code=404, example=profileNotFound" });
    const response = await fetch(mock.url + PROFILE, { headers: { ...headers, ...chosen } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 20404, status: 404 });
  });

  it("accepts a status or an example alone", () => {
    expect(mock.prefer({ status: 429 })).toEqual({ Prefer: "code=429" });
    expect(mock.prefer({ example: "emptyStore" })).toEqual({ Prefer: "example=emptyStore" });
  });

  it("returns no header if nothing is selected", async () => {
    expect(mock.prefer({})).toEqual({});
    expect((await mock.fetch({})(mock.url + PROFILES, { headers })).status).toBe(200);
  });

  it("throws if no operation documents the status", () => {
    expect(() => mock.prefer({ status: 418 })).toThrow(
      expect.objectContaining({
        code: "ANSWER_UNKNOWN",
        message: expect.stringContaining("No operation documents status 418."),
      }),
    );
  });

  it("throws if the example belongs to another status, and lists the available examples", () => {
    expect(() => mock.prefer({ status: 404, example: "emptyStore" })).toThrow(
      "No operation documents the example emptyStore for 404. Available examples: storeNotFound, importNotFound, profileNotFound.",
    );
    expect(() => mock.prefer({ example: "profileNotFound" })).toThrow(
      "No operation documents the example profileNotFound for a 2xx status.",
    );
  });
});

describe("Prefer: dynamic=true", () => {
  it("generates a valid response without faker", async () => {
    const response = await fetch(mock.url + PROFILE, {
      method: "DELETE",
      headers: { ...headers, Prefer: "dynamic=true" },
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ message: expect.any(String) });
  });
});

describe("fetch", () => {
  it("returns the selected response for every request", async () => {
    const unavailable = mock.fetch({ status: 503 });
    expect((await unavailable(mock.url + PROFILES, { headers })).status).toBe(503);
    expect((await unavailable(new Request(mock.url + PROFILE, { method: "DELETE", headers }))).status).toBe(503);
  });

  it("returns the response that a function selects for each request", async () => {
    const merged = mock.fetch(({ method, url }) =>
      method === "DELETE" && url.endsWith(PROFILE) ? { status: 308 } : undefined,
    );
    expect((await merged(mock.url + PROFILE, { headers })).status).toBe(200);
    expect((await merged(mock.url + PROFILE, { method: "DELETE", headers })).status).toBe(308);
  });

  it("does not follow redirects", async () => {
    const response = await mock.fetch({ status: 301 })(mock.url + PROFILE, { headers });
    expect(response.status).toBe(301);
    expect(response.headers.get("Canonical-Profile-Id")).toMatch(/^mem_profile_/);
  });

  it("sends a request for another host to the mock, with its query and body", async () => {
    const live = `https://memory.twilio.com${PROFILES}`;
    expect((await mock.fetch()(`${live}?pageSize=0`, { headers })).status).toBe(400);
    expect((await mock.fetch()(live, creation({ traits: { Contact: { email: "ada@example.com" } } }))).status).toBe(
      202,
    );
    expect((await mock.fetch()(new Request(live, creation({ nickname: "Ada" })))).status).toBe(400);
  });

  it.each([
    ["a path that begins with //", (host: string) => `https://memory.twilio.com//${host}/v1`],
    ["a path that begins with /\\", (host: string) => `https://memory.twilio.com/\\${host}/v1`],
    ["a base URL that ends with /", () => `https://memory.twilio.com/${PROFILES}`],
  ])("sends a request with %s to the mock, not to another host", async (_, urlFor) => {
    const received: string[] = [];
    const other = createServer(({ url }, response) => {
      received.push(`${url}`);
      response.end();
    }).listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const host = typeof address === "object" && address !== null ? `127.0.0.1:${address.port}` : "";
    try {
      const url = urlFor(host);
      const response = await mock.fetch()(url, { headers });
      expect(response.url).toBe(mock.url + new URL(url).pathname);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ type: "https://stoplight.io/prism/errors#NO_PATH_MATCHED_ERROR" });
      expect(received).toEqual([]);
    } finally {
      other.close();
    }
  });

  it.each([undefined, {}])("sends the caller's Prefer header unchanged if the selection is %j", async (answer) => {
    const response = await mock.fetch(answer)(mock.url + PROFILES, {
      headers: { ...headers, Prefer: "code=200, example=emptyStore" },
    });
    expect(await response.json()).toMatchObject({ profiles: [] });
  });

  it("replaces the caller's Prefer header if a response is selected", async () => {
    const response = await mock.fetch({ status: 429 })(mock.url + PROFILES, {
      headers: { ...headers, Prefer: "example=emptyStore" },
    });
    expect(response.status).toBe(429);
    expect(response.headers.get("Content-Type")).toBe("application/json");
  });

  it("can replace the global fetch", async () => {
    vi.stubGlobal("fetch", mock.fetch({ example: "emptyStore" }));
    try {
      const response = await fetch(`https://memory.twilio.com${PROFILES}`, { headers });
      expect(await response.json()).toMatchObject({ profiles: [] });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("throws or rejects if no operation documents the response", async () => {
    const message = expect.stringContaining("No operation documents status 418");
    expect(() => mock.fetch({ status: 418 })).toThrow(expect.objectContaining({ code: "ANSWER_UNKNOWN", message }));
    const fetch = mock.fetch(() => ({ status: 418 }));
    await expect(fetch(mock.url + PROFILES)).rejects.toMatchObject({ code: "ANSWER_UNKNOWN" });
  });
});
