import * as crypto from "node:crypto";
import { operations } from "@memory-api/types";
import { describe, expect, it, vi } from "vitest";
import { authenticate } from "../../src/http/checks/authenticate.ts";
import { startApi } from "../support/api-server.ts";
import { acceptedRequest, profilesOf } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { type Login, logins, settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { authorization, exchange, head, responsesIn } from "./raw-connection.ts";
import { startWholeServer } from "./whole-server.ts";

vi.mock("node:crypto", async (original) => {
  const actual = await original<typeof crypto>();
  return { ...actual, timingSafeEqual: vi.fn(actual.timingSafeEqual) };
});

const [username, password] = logins.owner;
const basic = (text: string | Uint8Array) => `Basic ${Buffer.from(text).toString("base64")}`;
const list: Request = { method: "GET", target: profilesOf(storeId) };

describe("API2:2023 Broken authentication", () => {
  it("every operation except the upload, which is signed, requires credentials, and does nothing without them", async () => {
    const server = await startWholeServer();
    const open = Object.values(operations).filter(({ authenticated }) => !authenticated);
    expect(open.map(({ id }) => id)).toEqual(["uploadImportFile"]);
    const wrong: (Login | "nobody")[] = [
      "nobody",
      [username, ""],
      [username, "wrong"],
      [username, logins.stranger[1]],
      [logins.stranger[0], password],
      [password, username],
      [`${username} `, password],
      [username.toLowerCase(), password],
    ];
    for (const { id, authenticated } of Object.values(operations)) {
      const request = await acceptedRequest[id](server);
      if (!authenticated) continue;
      for (const as of wrong) expect(await server.send({ ...request, as }), id).toMatchObject({ status: 401 });
      // It would no longer exist if one of them had been accepted.
      if (id === "deleteProfile") expect(await server.send(request)).toMatchObject({ status: 202 });
    }
  });

  it.each<[string, Record<string, string>, string?]>([
    ["in another scheme", { authorization: `Bearer ${password}` }],
    ["as a digest", { authorization: `Digest username="${username}", response="0"` }],
    ["in no scheme", { authorization: Buffer.from(`${username}:${password}`).toString("base64") }],
    ["after another scheme", { authorization: `Bearer x, ${basic(`${username}:${password}`)}` }],
    ["for a proxy", { "proxy-authorization": basic(`${username}:${password}`) }],
    ["as a cookie", { cookie: `authorization=${basic(`${username}:${password}`)}` }],
    ["in the query", {}, `?username=${username}&password=${encodeURIComponent(password)}`],
    ["in base64 for URLs", { authorization: basic(`${username}:\xff\xfe>?`).replace("/", "_").replace("+", "-") }],
    ["in truncated base64", { authorization: basic(`${username}:${password}`).slice(0, -5) }],
    ["in UTF-16", { authorization: basic(Buffer.from(`${username}:${password}`, "utf16le")) }],
    ["followed by a NUL", { authorization: basic(`${username}:${password}\0`) }],
    ["followed by a line break", { authorization: basic(`${username}:${password}\n`) }],
    ["followed by text that is not base64", { authorization: `${basic(`${username}:${password}`)}!` }],
    ["as 12 KiB", { authorization: basic("a:".repeat(4096)) }],
  ])("credentials are not accepted %s", async (_, headers, query = "") => {
    const api = await startApi();
    const response = await api.send(withHeaders({ ...list, target: list.target + query, as: "nobody" }, headers));
    expect(response.body).toMatchObject({ status: 401, code: 20003 });
  });

  it("the first of two headers counts, so none can be added after one that was checked", async () => {
    const api = await startApi();
    const send = async (...lines: string[]) =>
      responsesIn(await exchange(api.url, head("GET", list.target, "Host: x", "Connection: close", ...lines)));
    const wrong = `Authorization: ${basic(`${username}:wrong`)}`;
    expect(await send(wrong, authorization)).toMatchObject([{ status: 401 }]);
    expect(await send(authorization, wrong)).toMatchObject([{ status: 200 }]);
  });

  it("the response does not show whether the user name or the secret is wrong", async () => {
    const api = await startApi();
    const responses = await Promise.all(
      (
        [
          [username, "wrong"],
          [username, ""],
          ["SK0", "wrong"],
          ["SK0", password],
          ["__proto__", ""],
        ] as const
      ).map((as) => api.send({ ...list, as })),
    );
    const outlines = responses.map(({ headers: { "x-request-id": _, date, ...headers }, ...response }) => ({
      ...response,
      headers,
    }));
    for (const outline of outlines) expect(outline).toEqual(outlines[0]);
    expect(outlines[0]?.body).toMatchObject({ message: expect.stringMatching(/^The credentials are wrong: /) });
  });

  it.each<[string, Record<string, string>]>([
    ["there are none", {}],
    ["they use another scheme", { authorization: `Bearer ${password}` }],
    ["they are not base64", { authorization: "Basic ?" }],
    ["they have no colon", { authorization: basic(username) }],
  ])("the response asks for credentials if %s", async (_, headers) => {
    const api = await startApi();
    expect(await api.send({ ...list, as: "nobody", headers })).toMatchObject({
      body: { status: 401, message: expect.stringMatching(/^Authenticate with HTTP Basic: /) },
      headers: { "www-authenticate": 'Basic realm="Memory API"' },
    });
  });

  it.each([
    ["a known name", username],
    ["an unknown name", "SK0"],
    ["no name", ""],
  ])("the secret is compared in constant time, by its digest, for %s", (_, name) => {
    vi.mocked(crypto.timingSafeEqual).mockClear();
    expect(() => authenticate(settingsForTests.credentials, basic(`${name}:wrong`))).toThrow(
      "The credentials are wrong",
    );
    const digest = crypto.hash("sha256", "wrong", "buffer");
    expect(vi.mocked(crypto.timingSafeEqual).mock.calls).toEqual([[digest, expect.objectContaining({ length: 32 })]]);
  });

  it("an address that tries many secrets is limited", async () => {
    const api = await startApi({ rateLimits: { address: { perSecond: 1, burst: 3 } } });
    const statuses = [];
    for (let count = 0; count < 5; count++)
      statuses.push((await api.send({ ...list, as: [username, `${count}`] })).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });
});
