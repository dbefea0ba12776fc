import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import { createImport, importsOf, mergeProfiles, profileOf, profilesOf } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { authorization, exchange, head, responsesIn } from "./raw-connection.ts";

const target = profilesOf(storeId);
const hostile = { host: "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher" };

/** All URLs in responses: of the canonical profile, and of an upload. */
async function urlsIn(settings: Parameters<typeof startApi>[0], headers: NonNullable<Request["headers"]>) {
  const api = await startApi(settings);
  const { moved } = await mergeProfiles(api);
  const redirects = await Promise.all(
    (["GET", "PATCH", "DELETE"] as const).map((method) =>
      api.send(withHeaders({ method, target: profileOf(moved), ...(method === "PATCH" && { body: {} }) }, headers)),
    ),
  );
  const created = await createImport({ send: (request) => api.send(withHeaders(request, headers)) });
  return [
    ...redirects.flatMap(({ headers: { location = "" }, body }) => [location, String(Object(body).uri)]),
    created.url,
  ];
}

const originsOf = async (...given: Parameters<typeof urlsIn>) =>
  new Set((await urlsIn(...given)).map((url) => url.slice(0, url.indexOf("/", "https://".length))));

describe("the origin of URLs in responses", () => {
  it("is the public URL, regardless of the request", async () => {
    const publicUrl = "https://memory.example.com";
    expect(await originsOf({ publicUrl }, hostile)).toEqual(new Set([publicUrl]));
    expect(await originsOf({ publicUrl, trustedProxies: ["127.0.0.1"] }, hostile)).toEqual(new Set([publicUrl]));
  });

  it("is the host of the request without a public URL, and not a forwarded one", async () => {
    const headers = { ...hostile, host: "memory.example.com:8080" };
    expect(await originsOf({}, headers)).toEqual(new Set(["http://memory.example.com:8080"]));
    expect(await originsOf({ trustedProxies: ["10.0.0.0/8"] }, headers)).toEqual(
      new Set(["http://memory.example.com:8080"]),
    );
  });

  it("is what a trusted proxy forwards", async () => {
    const trustedProxies = ["127.0.0.0/8"];
    const forwarded = { "x-forwarded-host": "memory.example.com", "x-forwarded-proto": "https" };
    expect(await originsOf({ trustedProxies }, forwarded)).toEqual(new Set(["https://memory.example.com"]));
    expect(await originsOf({ trustedProxies }, { ...forwarded, "x-forwarded-proto": "javascript" })).toEqual(
      new Set(["http://memory.example.com"]),
    );
  });
});

describe("the host of a request", () => {
  it.each(["localhost", "127.0.0.1:4010", "[::1]:4010", "memory_server", "Memory.Example.com.:80"])(
    "may be %s",
    async (host) => {
      const api = await startApi();
      expect(await api.send({ method: "GET", target, headers: { host } })).toMatchObject({ status: 200 });
    },
  );

  it.each([
    "evil.example/path",
    "evil.example?query",
    "evil.example#fragment",
    "user@evil.example",
    "evil.example:port",
    "evil.example:123456",
    "evil.example, memory.example.com",
    "::1",
    "[::1",
    '"><script>',
    "evil\texample",
    "évil.example",
    "%65vil.example",
  ])("is rejected if it cannot be part of a URL: %s", async (host) => {
    const publicUrl = "https://memory.example.com";
    for (const settings of [{}, { publicUrl }]) {
      const api = await startApi(settings);
      const [response] = responsesIn(
        await exchange(api.url, head("GET", target, `Host: ${host}`, authorization, "Connection: close")),
      );
      expect(response).toMatchObject({ status: 400, body: expect.stringContaining("Host: must be there once") });
    }
  });

  it("is also rejected if a trusted proxy forwards it", async () => {
    const api = await startApi({ trustedProxies: ["127.0.0.1"] });
    const headers = { "x-forwarded-host": "memory.example.com, evil.example/path" };
    expect(await api.send({ method: "GET", target, headers })).toMatchObject({ status: 400 });
  });

  it.each([
    ["it is missing", []],
    ["it is empty", ["Host:"]],
    ["it occurs twice", ["Host: memory.example.com", "Host: evil.example"]],
    ["it occurs twice in different case", ["Host: memory.example.com", "hOST: memory.example.com"]],
  ])("is rejected if %s", async (_, lines) => {
    const api = await startApi();
    for (const path of [target, "/health"]) {
      const [response] = responsesIn(
        await exchange(api.url, head("GET", path, ...lines, authorization, "Connection: close")),
      );
      expect(response?.status).toBe(400);
      expect(response?.body).toContain('"code":400');
    }
    // The order of checks puts credentials and the route first.
    for (const [path, line, status] of [
      [target, "X-Note: no credentials", 401],
      ["/nowhere", "X-Note: no credentials", 401],
      ["/nowhere", authorization, 404],
    ] as const) {
      const received = await exchange(api.url, head("GET", path, ...lines, line, "Connection: close"));
      expect(responsesIn(received)).toMatchObject([{ status }]);
    }
  });

  it("is not confused with a header whose value is host", async () => {
    const api = await startApi();
    const lines = ["Host: memory.example.com", "X-Note: host", "X-Other: Host", authorization, "Connection: close"];
    expect(responsesIn(await exchange(api.url, head("GET", target, ...lines)))).toMatchObject([{ status: 200 }]);
  });

  it("counts, and not the host in the target", async () => {
    const api = await startApi({ publicUrl: "https://memory.example.com" });
    const absolute = `http://evil.example${importsOf(storeId)}`;
    const lines = ["Host: memory.example.com", authorization, "Connection: close"];
    const [response] = responsesIn(await exchange(api.url, head("GET", absolute, ...lines)));
    expect(response).toMatchObject({ status: 200, body: expect.stringContaining('"imports":[]') });
  });

  it("may be missing in a health check over HTTP/1.0, but not in an operation", async () => {
    const api = await startApi();
    const old = (path: string) => head("GET", path, authorization).replace("HTTP/1.1", "HTTP/1.0");
    expect(responsesIn(await exchange(api.url, old("/health/ready")))).toMatchObject([{ status: 200 }]);
    expect(responsesIn(await exchange(api.url, old(target)))).toMatchObject([{ status: 400 }]);
    const malformed = head("GET", "/health/ready", "Host: a/b").replace("HTTP/1.1", "HTTP/1.0");
    expect(responsesIn(await exchange(api.url, malformed))).toMatchObject([{ status: 400 }]);
  });
});
