import { describe, expect, it } from "vitest";
import { startApi } from "../support/api-server.ts";
import { responseFaults } from "../support/check-response.ts";
import { profilesOf } from "../support/requests.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { authorization, exchange, head, responsesIn } from "./raw-connection.ts";

const target = profilesOf(storeId);
const host = "Host: memory.example.com";
const json = "Content-Type: application/json";
const close = "Connection: close";
const body = '{"traits":{"Contact":{"email":"ada.reyes@example.com"}}}';
const length = `Content-Length: ${body.length}`;
const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;

const post = (lines: readonly string[], rest: string) =>
  head("POST", target, host, authorization, json, ...lines) + rest;
const get = (...lines: readonly string[]) => head("GET", target, host, authorization, ...lines);

describe("a request whose end two servers could interpret differently", () => {
  it.each([
    ["a length and chunks", post([length, "Transfer-Encoding: chunked"], chunk)],
    ["chunks and a length", post(["Transfer-Encoding: chunked", length], chunk)],
    ["two lengths", post([length, "Content-Length: 3"], body)],
    ["the same length twice", post([length, length], body)],
    ["a list of lengths", post([`${length}, ${body.length}`], body)],
    ["a length with a sign", post([`Content-Length: +${body.length}`], body)],
    ["a length that is not decimal", post([`Content-Length: 0x${body.length.toString(16)}`], body)],
    ["chunked that is not the last coding", post(["Transfer-Encoding: chunked, identity"], chunk)],
    ["two transfer codings", post(["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], chunk)],
    ["an unknown transfer coding", post(["Transfer-Encoding: xchunked"], chunk)],
    ["a space before the colon", post(["Transfer-Encoding : chunked"], chunk)],
    ["a folded header", post(["Transfer-Encoding:\r\n chunked"], chunk)],
    ["an unknown folded header", get("X-Note: a\r\n b", close)],
    ["a line that ends in LF alone", get("X-Note: a\nTransfer-Encoding: chunked", close)],
    ["a line that ends in CR alone", get("X-Note: a\rTransfer-Encoding: chunked", close)],
    ["a NUL in a header", get("X-Note: a\0b", close)],
    ["a chunk without a size", post(["Transfer-Encoding: chunked"], "zz\r\n")],
    ["a chunk that is too large to count", post(["Transfer-Encoding: chunked"], "FFFFFFFFFFFFFFFFF\r\n")],
  ])("is rejected: %s", async (_, bytes) => {
    const api = await startApi();
    expectMalformed(responsesIn(await exchange(api.url, `${bytes}${get(close)}`)));
    expect(await api.send({ method: "GET", target })).toMatchObject({ body: { profiles: [] } });
  });
});

describe("bytes that are not HTTP/1.1", () => {
  it.each([
    ["the beginning of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"],
    ["the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["an unknown method", head("GRAB", target, host, close)],
    ["a method in lower case", head("get", target, host, close)],
    ["a space in the target", head("GET", `${target} x`, host, close)],
    ["a target that is not ASCII", head("GET", `${target}?\xe9`, host, close)],
    ["headers of more than 16 KiB", get(`X-Note: ${"a".repeat(16 * 1024)}`, close)],
    ["10,000 headers", get(...Array.from({ length: 10_000 }, (_, at) => `A${at}: b`), close)],
    ["a target of more than 16 KiB", head("GET", `${target}?${"a".repeat(16 * 1024)}`, host, close)],
  ])("is rejected: %s", async (_, bytes) => {
    const api = await startApi();
    expectMalformed(responsesIn(await exchange(api.url, bytes)));
    expect(await api.send({ method: "GET", target })).toMatchObject({ status: 200 });
  });
});

describe("a request after one whose body was rejected", () => {
  const rejected = [
    ["for its type", 415, [authorization, "Content-Type: text/plain"]],
    ["for its credentials", 401, [json]],
    ["for its content", 400, [authorization, json]],
  ] as const;
  const hidden = get("X-Hidden: yes");

  it.each(rejected)("is served, and the body is not a request, %s", async (_, status, lines) => {
    const api = await startApi();
    const first = head("POST", target, host, ...lines, `Content-Length: ${hidden.length}`) + hidden;
    const responses = responsesIn(await exchange(api.url, first + get(close)));
    expect(responses.map((response) => response.status)).toEqual([status, 200]);
  });

  it.each(rejected.slice(0, 2))("is part of that body until it ends, %s", async (_, status, lines) => {
    const { timeouts } = settingsForTests;
    const api = await startApi({ timeouts: { ...timeouts, bodyMs: 100 } });
    const first = head("POST", target, host, ...lines, `Content-Length: ${hidden.length + 1}`) + hidden;
    const responses = responsesIn(await exchange(api.url, first));
    expect(responses.map((response) => response.status)).toEqual([status]);
  });
});

describe("a request that would change the connection", () => {
  it("does not open a tunnel", async () => {
    const api = await startApi();
    expect(await exchange(api.url, head("CONNECT", "192.0.2.1:443", host, authorization))).toBe("");
    expect(await api.send({ method: "GET", target })).toMatchObject({ status: 200 });
  });

  it("does not change the protocol", async () => {
    const api = await startApi();
    const received = await exchange(api.url, get("Upgrade: websocket, h2c") + get(close));
    expect(responsesIn(received).map(({ status }) => status)).toEqual([200, 200]);
  });

  it("does not receive its own headers", async () => {
    const api = await startApi();
    const response = await api.send({ method: "TRACE", target, headers: { "x-note": "a note" } });
    expect(response.status).toBe(405);
    expect(response.text).not.toContain("a note");
  });

  it("may have an unknown expectation, which is ignored", async () => {
    const api = await startApi();
    expect(await api.send({ method: "GET", target, headers: { expect: "tea" } })).toMatchObject({ status: 200 });
  });
});

/** Expects one response with the error of the contract, on a connection that ends after it. */
function expectMalformed([response, ...others]: readonly ReturnType<typeof responsesIn>[number][]): void {
  const { status = 0, headers = {}, body = "" } = response ?? {};
  expect(status).toBe(400);
  expect(headers).toMatchObject({ connection: "close" });
  expect(body).toContain("The request is not valid HTTP/1.1, its headers are too large, or it arrived too slowly");
  expect(responseFaults({ method: "GET", target: "/", status, headers, body })).toEqual([]);
  expect(others).toEqual([]);
}
