import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { toCurl } from "../../src/findings/curl.ts";
import { createRedactor } from "../../src/findings/redact.ts";
import type { Exchange, HttpRequest } from "../../src/http/exchange.ts";
import { HttpConnection } from "../../src/http/http-connection.ts";
import { basic } from "../../src/scenarios/session.ts";
import { paste } from "../support/paste.ts";
import { recordRequests } from "../support/record-requests.ts";
import { ACCOUNT, OTHER_ACCOUNT, type StartedServer, startServer } from "../support/start-server.ts";

const redactor = createRedactor({ account: ACCOUNT, otherAccount: OTHER_ACCOUNT });

function exchangeOf(request: HttpRequest, body: unknown = {}): Exchange {
  return { request, response: { status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) }, ms: 1 };
}

describe("the curl command of a request", () => {
  let recorder: Awaited<ReturnType<typeof recordRequests>>;
  beforeAll(async () => {
    recorder = await recordRequests();
  });
  afterEach(() => recorder.requests.splice(0));
  afterAll(() => recorder.stop());

  async function pasted(request: HttpRequest) {
    const script = toCurl([redactor.exchange(exchangeOf(request))]);
    const output = await paste(script);
    const [received, ...others] = recorder.requests;
    expect(others).toEqual([]);
    if (received === undefined) throw new Error(`Nothing was sent: ${output}\n${script}`);
    return { script, received };
  }

  it.each([
    ["quotes", `{"name":"O'Neil \\"x\\" $HOME \`id\` $(id) !! \\\\n"}`],
    ["line ends and control characters", "a\r\nb\tc\u0001\u007f\u001b[31m\\x41 'quoted' \"double\""],
    ["text that begins with @", "@/etc/passwd"],
    ["Unicode", "Ünï 𝒞 \u202e\u0085\u2028 end"],
    ["an empty text", ""],
    ["the name of a variable", "$MEMORY_NOTHING $USER $(id) $1"],
  ])("sends a body of %s as it is", async (_, body) => {
    const { received } = await pasted({ method: "POST", url: `${recorder.url}/x`, headers: {}, body });
    expect(received.body.toString()).toBe(body);
    expect(received.headers["content-type"]).toBeUndefined();
  });

  it.each([
    ["bytes that are not UTF-8", Buffer.from([0, 255, 254, 10, 13, 0, 128])],
    ["a long body, compressed", Buffer.alloc(3_000_000, "Ada,ada@example.com\n")],
  ])("sends %s", async (_, body) => {
    const headers = { "Content-Type": "text/csv" };
    const { received, script } = await pasted({ method: "PUT", url: `${recorder.url}/x`, headers, body });
    expect(received.body.equals(body)).toBe(true);
    expect(received.headers["content-type"]).toBe("text/csv");
    expect(script.length).toBeLessThan(20_000);
  });

  it("sends the method, the path and the headers as they are", async () => {
    const { received } = await pasted({
      method: "PATCH",
      url: `${recorder.url}/a/../b//%2e%2e/{x}/[1]?q='&r=$HOME&s=a%20b`,
      headers: { "X-Quotes": `it's "$HOME"`, "X-Empty": "", "X-Twice": ["1", "2"], Accept: "text/plain" },
      body: "{}",
    });
    expect(received).toMatchObject({
      method: "PATCH",
      url: "/a/../b//%2e%2e/{x}/[1]?q='&r=$HOME&s=a%20b",
      headers: { "x-quotes": `it's "$HOME"`, "x-empty": "", "x-twice": "1, 2", accept: "text/plain" },
    });
  });

  it.each([
    ["of the account", basic(ACCOUNT)],
    ["of the other account", basic(OTHER_ACCOUNT)],
    ["of two accounts mixed", basic({ ...ACCOUNT, password: OTHER_ACCOUNT.password })],
    ["that are wrong", basic({ ...ACCOUNT, password: `${ACCOUNT.password}-wrong` })],
    ["of another scheme", `Bearer ${ACCOUNT.password}`],
  ])("sends credentials %s from variables", async (_, authorization) => {
    const { script, received } = await pasted({
      method: "GET",
      url: `${recorder.url}/x`,
      headers: { Authorization: authorization },
    });
    expect(received.headers["authorization"]).toBe(authorization);
    expect(script).not.toContain("secret-of-the");
    expect(script).not.toContain(Buffer.from(authorization.slice(6)).toString());
  });
});

describe("the curl commands of a sequence", () => {
  it("capture only what a later request uses", () => {
    const request = { method: "GET", url: "http://127.0.0.1:1/", headers: {} };
    const [id, url] = [
      "mem_import_01h455vb4pex5vsknk084sn02q",
      "http://127.0.0.1:1/x/mem_import_01h455vb4pex5vsknk084sn02q",
    ];
    const script = toCurl([
      exchangeOf(request, { importId: id, url, other: "not-used-1" }),
      exchangeOf({ ...request, url }),
    ]);
    expect(script.split("\n")).toEqual([
      "RESPONSE_1=$(curl -sS http://127.0.0.1:1/)",
      'echo "$RESPONSE_1"',
      `URL_1=$(printf %s "$RESPONSE_1" | node -pe 'JSON.parse(require("fs").readFileSync(0))["url"]')`,
      'curl -isS "$URL_1"',
    ]);
  });

  let server: StartedServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.stop());

  it("take IDs from the new responses", async () => {
    const connection = new HttpConnection();
    const { baseUrl, account } = server.target;
    const profiles = `${baseUrl}/v1/Stores/${account.storeId}/Profiles`;
    const headers = { Authorization: basic(account), "Content-Type": "application/json" };
    const body = JSON.stringify({ traits: { Contact: { email: "first@example.com" } } });
    const created = await connection.send({ method: "POST", url: profiles, headers, body });
    const { id } = JSON.parse(Buffer.from(created.response.body).toString());
    const url = `${profiles}/${id}`;
    const deleted = await connection.send({ method: "DELETE", url, headers: { Authorization: basic(account) } });
    const fetched = await connection.send({ method: "GET", url, headers: { Authorization: basic(account) } });
    connection.close();
    expect([created, deleted, fetched].map(({ response }) => response.status)).toEqual([202, 202, 404]);

    const script = toCurl([created, deleted, fetched].map(redactor.exchange));
    expect(script).not.toContain(id);
    const output = await paste(script);
    expect(output).toContain("HTTP/1.1 404");
    expect(output).not.toContain(id);
    expect(output).toMatch(/"id":"mem_profile_/);
  });
});
