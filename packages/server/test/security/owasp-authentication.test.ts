import * as crypto from "node:crypto";
import { operations } from "@memory-api/types";
import { describe, expect, it, vi } from "vitest";
import { authenticate } from "../../src/http/authenticate.ts";
import { startApi } from "../support/api-server.ts";
import { acceptedRequest, profilesOf } from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { type Login, logins, settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { answersIn, authorization, exchange, head } from "./raw-connection.ts";
import { startWholeServer } from "./whole-server.ts";

vi.mock("node:crypto", async (original) => {
  const actual = await original<typeof crypto>();
  return { ...actual, timingSafeEqual: vi.fn(actual.timingSafeEqual) };
});

const [username, password] = logins.owner;
const basic = (text: string | Uint8Array) => `Basic ${Buffer.from(text).toString("base64")}`;
const list: Request = { method: "GET", target: profilesOf(storeId) };

describe("API2:2023 Broken authentication", () => {
  it("every operation but the upload, which is signed, asks for credentials, and does nothing without", async () => {
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
      // It would not be there any more, had one of them been let through.
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
    ["in base64 that is cut", { authorization: basic(`${username}:${password}`).slice(0, -5) }],
    ["in UTF-16", { authorization: basic(Buffer.from(`${username}:${password}`, "utf16le")) }],
    ["with a NUL behind", { authorization: basic(`${username}:${password}\0`) }],
    ["with a line break behind", { authorization: basic(`${username}:${password}\n`) }],
    ["with what is no base64 behind", { authorization: `${basic(`${username}:${password}`)}!` }],
    ["as 12 KiB", { authorization: basic("a:".repeat(4096)) }],
  ])("credentials count for nothing %s", async (_, headers, query = "") => {
    const api = await startApi();
    const answer = await api.send(withHeaders({ ...list, target: list.target + query, as: "nobody" }, headers));
    expect(answer.body).toMatchObject({ status: 401, code: 20003 });
  });

  it("of two headers the first counts, so none can be put behind one that was checked", async () => {
    const api = await startApi();
    const send = async (...lines: string[]) =>
      answersIn(await exchange(api.url, head("GET", list.target, "Host: x", "Connection: close", ...lines)));
    const wrong = `Authorization: ${basic(`${username}:wrong`)}`;
    expect(await send(wrong, authorization)).toMatchObject([{ status: 401 }]);
    expect(await send(authorization, wrong)).toMatchObject([{ status: 200 }]);
  });

  it("nobody can tell whether it was the name or the secret that is wrong", async () => {
    const api = await startApi();
    const refused = await Promise.all(
      ([[username, "wrong"], ["SK0", "wrong"], ["__proto__", ""], "nobody"] as const).map((as) =>
        api.send({ ...list, as }),
      ),
    );
    const outlines = refused.map(({ headers: { "x-request-id": _, date, ...headers }, ...answer }) => ({
      ...answer,
      headers,
    }));
    for (const outline of outlines) expect(outline).toEqual(outlines[0]);
  });

  it.each([
    ["a known name", username],
    ["an unknown name", "SK0"],
    ["no name", ""],
  ])("the secret is compared all the same, in constant time, by its digest, for %s", (_, name) => {
    vi.mocked(crypto.timingSafeEqual).mockClear();
    expect(() => authenticate(settingsForTests.credentials, basic(`${name}:wrong`))).toThrow("HTTP Basic");
    const digest = crypto.hash("sha256", "wrong", "buffer");
    expect(vi.mocked(crypto.timingSafeEqual).mock.calls).toEqual([[digest, expect.objectContaining({ length: 32 })]]);
  });

  it("whoever tries many secrets is held back by address", async () => {
    const api = await startApi({ rateLimits: { address: { perSecond: 1, burst: 3 } } });
    const statuses = [];
    for (let count = 0; count < 5; count++)
      statuses.push((await api.send({ ...list, as: [username, `${count}`] })).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });
});
