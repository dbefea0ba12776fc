import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { type ApiServer, startApi } from "../support/api-server.ts";
import { answerFaults } from "../support/check-answer.ts";
import { mergeProfiles, profileOf, profilesOf } from "../support/requests.ts";
import { logins, storeId } from "../support/settings-for-tests.ts";

const target = profilesOf(storeId);
const authorization = `Authorization: Basic ${Buffer.from(logins.owner.join(":")).toString("base64")}`;

/** Sends these bytes, reads until the connection is closed, and holds the first answer against the contract. */
async function sendBytes(api: ApiServer, sent: string) {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.write(sent);
  const received = await text(socket);
  const [head = "", body = ""] = received.split("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(lines.map((line) => [line.split(": ")[0]?.toLowerCase(), line.split(": ")[1]]));
  const status = Number(statusLine.split(" ")[1]);
  const [method = "", path = ""] = sent.split(" ");
  expect(answerFaults({ method, target: status === 400 ? "" : path, status, headers, body })).toEqual([]);
  return { status, headers, body: JSON.parse(body) };
}

describe("what is no HTTP/1.1", () => {
  it.each([
    ["noise", "noise\r\n\r\n"],
    ["TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"],
    ["a header that is too long", `GET ${target} HTTP/1.1\r\nHost: x\r\nX: ${"a".repeat(20_000)}\r\n\r\n`],
    ["a URL that is too long", `GET /${"a".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ["no host", `GET ${target} HTTP/1.1\r\n\r\n`],
    ["two lengths", `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`],
    [
      "a length and chunks",
      `POST ${target} HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
    ],
  ])("gets a 400 with the body of the contract: %s", async (_, sent) => {
    const api = await startApi();
    expect(await sendBytes(api, sent)).toMatchObject({
      status: 400,
      body: { code: 400 },
      headers: { connection: "close" },
    });
  });
});

describe("a request", () => {
  it("may be of HTTP/1.0", async () => {
    const api = await startApi();
    expect(await sendBytes(api, `GET ${target} HTTP/1.0\r\nHost: x\r\n${authorization}\r\n\r\n`)).toMatchObject({
      status: 200,
    });
  });

  it("may name the whole URL, as to a proxy", async () => {
    const api = await startApi();
    const lines = ["Host: x", "Connection: close", authorization];
    const answer = await sendBytes(api, `GET http://x${target}?pageSize=2 HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    expect(answer).toMatchObject({ status: 200, body: { meta: { pageSize: 2 } } });
  });

  it("is told absolute URIs of the host that it named, or of the one that is configured", async () => {
    for (const [publicUrl, origin] of [
      [undefined, "http://memory.example:8080"],
      ["https://memory.example.com", "https://memory.example.com"],
    ] as const) {
      const api = await startApi(publicUrl ? { publicUrl } : {});
      const { moved, canonical } = await mergeProfiles(api);
      const headers = { host: "memory.example:8080" };
      const answer = await api.send({ method: "GET", target: profileOf(moved), headers });
      const uri = origin + profileOf(canonical);
      expect(answer).toMatchObject({ status: 301, body: { uri }, headers: { location: uri } });
    }
  });
});

describe("an ID of the request", () => {
  it("is in every answer, and another in each", async () => {
    const api = await startApi();
    const ids = [];
    for (const request of [{ target }, { target: "/nowhere" }, { target, as: "nobody" as const }]) {
      ids.push((await api.send({ method: "GET", ...request })).headers["x-request-id"]);
    }
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(undefined);
  });
});
