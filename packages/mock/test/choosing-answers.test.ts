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
  it("is the header that chooses a status and an example", async () => {
    const chosen = mock.prefer({ status: 404, example: "profileNotFound" });
    expect(chosen).toEqual({ Prefer: "code=404, example=profileNotFound" });
    const response = await fetch(mock.url + PROFILE, { headers: { ...headers, ...chosen } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 20404, status: 404 });
  });

  it("takes a status or an example alone", () => {
    expect(mock.prefer({ status: 429 })).toEqual({ Prefer: "code=429" });
    expect(mock.prefer({ example: "emptyStore" })).toEqual({ Prefer: "example=emptyStore" });
  });

  it("is no header where nothing is chosen", async () => {
    expect(mock.prefer({})).toEqual({});
    expect((await mock.fetch({})(mock.url + PROFILES, { headers })).status).toBe(200);
  });

  it("throws at a status that no operation has", () => {
    expect(() => mock.prefer({ status: 418 })).toThrow(
      expect.objectContaining({
        code: "ANSWER_UNKNOWN",
        message: expect.stringContaining("No operation has the status 418."),
      }),
    );
  });

  it("throws at an example of another status, naming those that there are", () => {
    expect(() => mock.prefer({ status: 404, example: "emptyStore" })).toThrow(
      "No operation has the example emptyStore of 404. The examples are: storeNotFound, importNotFound, profileNotFound.",
    );
    expect(() => mock.prefer({ example: "profileNotFound" })).toThrow("example profileNotFound of a 2xx");
  });
});

describe("Prefer: dynamic=true", () => {
  it("makes a legal answer up, without faker", async () => {
    const response = await fetch(mock.url + PROFILE, {
      method: "DELETE",
      headers: { ...headers, Prefer: "dynamic=true" },
    });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ message: expect.any(String) });
  });
});

describe("fetch", () => {
  it("gives the chosen answer to every request", async () => {
    const unavailable = mock.fetch({ status: 503 });
    expect((await unavailable(mock.url + PROFILES, { headers })).status).toBe(503);
    expect((await unavailable(new Request(mock.url + PROFILE, { method: "DELETE", headers }))).status).toBe(503);
  });

  it("gives each request the answer that a function says", async () => {
    const merged = mock.fetch(({ method, url }) =>
      method === "DELETE" && url.endsWith(PROFILE) ? { status: 308 } : undefined,
    );
    expect((await merged(mock.url + PROFILE, { headers })).status).toBe(200);
    expect((await merged(mock.url + PROFILE, { method: "DELETE", headers })).status).toBe(308);
  });

  it("follows no redirect", async () => {
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

  it("may stand in for the global one", async () => {
    vi.stubGlobal("fetch", mock.fetch({ example: "emptyStore" }));
    try {
      const response = await fetch(`https://memory.twilio.com${PROFILES}`, { headers });
      expect(await response.json()).toMatchObject({ profiles: [] });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it("rejects if no operation has the answer", async () => {
    await expect(mock.fetch({ status: 418 })(mock.url + PROFILES)).rejects.toMatchObject({ code: "ANSWER_UNKNOWN" });
  });
});
