import { describe, expect, it } from "vitest";
import { platformResponse, requestIdOf } from "../src/connection/http-messages.ts";
import { createMemoryClient, type Fetch, type FetchBody, type FetchInit, type Middleware } from "../src/index.ts";

const path = { storeId: "mem_store_00000000000000000000000000" } as const;
const credentials = { apiKey: "key", apiSecret: "secret" };

describe("the ID of a request", () => {
  it.each([
    ["this project's server", { "x-request-id": "r1" }, "r1"],
    ["the live service", { "twilio-request-id": "RQ1" }, "RQ1"],
    ["a service that sends both headers", { "twilio-request-id": "RQ1", "x-request-id": "r1" }, "r1"],
    ["a service that sends none", {}, undefined],
  ])("is that of %s", (_, headers, expected) => {
    expect(requestIdOf(new Headers(headers))).toBe(expected);
  });
});

describe("the headers of a custom transport that has only get", () => {
  it("are those that the contract documents, if they were received", async () => {
    const received = new Headers({
      Allow: "GET",
      "Canonical-Profile-Id": "mem_profile_00000000000000000000000000",
      "Content-Type": "application/json",
      Location: "https://example.com/",
      "Retry-After": "3",
      "Twilio-Request-Id": "RQ1",
      "WWW-Authenticate": "Basic",
      "X-Other": "1",
      "X-Request-Id": "r1",
    });
    const headers = { get: (name: string) => received.get(name) };
    const fetch = async () => ({ status: 200, ok: true, headers, text: async () => '{"imports":[]}' });
    const { operations } = createMemoryClient({ credentials, fetch });
    const response = await operations.listProfileImportsV2({ path }).withResponse();
    expect([...response.headers]).toEqual([...received].filter(([name]) => name !== "x-other"));
    expect(response.headers.get("X-Other")).toBe("1");
  });
});

describe("a custom transport", () => {
  /** Lists imports, with this body if there is one. Returns what the transport received, and the type of the response for middleware. */
  async function received(body?: FetchBody) {
    const inits: FetchInit[] = [];
    const types: unknown[] = [];
    const fetch: Fetch = async (_, init) => {
      inits.push(init);
      return { status: 200, ok: true, headers: new Headers(), text: async () => '{"imports":[]}' };
    };
    const middleware: Middleware = async (request, next) => {
      const response = await next({ ...request, body });
      types.push(response.type);
      return response;
    };
    const { operations } = createMemoryClient({ credentials, fetch, middleware: [middleware] });
    await operations.listProfileImportsV2({ path });
    return { inits, types };
  }

  it("receives no body if there is none, and its response needs no type", async () => {
    const { inits, types } = await received();
    expect(inits).toMatchObject([{ method: "GET", redirect: "manual" }]);
    expect(inits[0]).not.toHaveProperty("body");
    expect(types).toEqual(["default"]);
  });

  it.each<[duplex: string | undefined, name: string, body: FetchBody]>([
    ["half", "a stream", new Blob(["email\n"]).stream()],
    [undefined, "a Blob", new Blob(["email\n"])],
    [undefined, "a string", "email\n"],
  ])("receives the option duplex %j with %s", async (duplex, _, body) => {
    const { inits } = await received(body);
    expect(inits[0]?.body).toBe(body);
    expect(inits[0]?.duplex).toBe(duplex);
  });
});

describe("the platform's Response", () => {
  it("has the status, the headers and the body, but no length or coding of the body before it was decoded", async () => {
    const headers = new Headers({
      "Content-Type": "application/json",
      "Content-Encoding": "gzip",
      "Content-Length": "7",
    });
    headers.append("Set-Cookie", "a=1");
    headers.append("Set-Cookie", "b=2");
    const response = platformResponse(202, headers, '{"city":"Zürich"}');
    expect(response.status).toBe(202);
    expect([...response.headers]).toEqual([
      ["content-type", "application/json"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
    expect(await response.json()).toEqual({ city: "Zürich" });
  });

  it("has no media type that was not received", async () => {
    const response = platformResponse(200, new Headers(), "Zürich");
    expect([...response.headers]).toEqual([]);
    expect(await response.text()).toBe("Zürich");
  });

  it.each([204, 205, 304])("has no body with status %i", (status) => {
    const response = platformResponse(status, new Headers(), "");
    expect([response.status, response.body]).toEqual([status, null]);
  });
});
