import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip, gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { ClientOptions } from "../../src/connection/client-options.ts";
import {
  createConnection,
  createMemoryClient,
  fetchProfile,
  isMemoryError,
  isResponseTooLargeError,
} from "../../src/index.ts";
import { createFetchClient } from "../../src/openapi-fetch/index.ts";
import type { Fetch } from "../../src/transports/fetch.ts";
import { nodeHttp } from "../../src/transports/node-http.ts";
import { undiciFetch } from "../../src/transports/undici.ts";
import { errorOf } from "../error-of.ts";
import { credentials, path } from "./example-call.ts";
import { init } from "./init.ts";
import { serverThat } from "./server-that.ts";

const LIMIT = 1_000_000;
const PIECE = Buffer.alloc(65_536, " ");

/** More than the limit and the buffers of both sockets together. */
const SOME = 32 * LIMIT;

const undici = undiciFetch();
afterAll(() => undici.close());

/** A custom transport whose responses have no stream. */
const withoutStream: Fetch = async (url, init) => {
  const response = await globalThis.fetch(url, init);
  const { status, ok, headers } = response;
  return { status, ok, headers, text: () => response.text() };
};

const profile = { id: path.profileId, createdAt: "", traits: {} };

/** Returns a profile as JSON of a given length. */
const profileOf = (bytes: number) => JSON.stringify(profile).padEnd(bytes);

/** Sends spaces until the client closes the connection. */
async function endless(response: ServerResponse, isCoded: boolean): Promise<void> {
  const pieces = Readable.from(
    (function* () {
      for (;;) yield PIECE;
    })(),
  );
  const parts = isCoded ? [pieces, createGzip(), response] : [pieces, response];
  if (isCoded) response.setHeader("Content-Encoding", "gzip");
  await pipeline(parts).catch(() => {});
}

/** Starts a server whose responses never end, and records the number of bytes that it sent. */
async function endlessServer(isCoded: boolean) {
  const requests: IncomingMessage[] = [];
  const sent: Promise<number>[] = [];
  const url = await serverThat((request, response) => {
    const { socket } = request;
    requests.push(request);
    sent.push(new Promise((resolve) => socket.on("close", () => resolve(socket.bytesWritten))));
    endless(response, isCoded);
  });
  return { url, requests, sent };
}

const calls = (options: ClientOptions) => createMemoryClient({ credentials, ...options }).operations;

describe.each<[string, Fetch | undefined]>([
  ["node:http", undefined],
  ["the platform's fetch", globalThis.fetch],
  ["undici", undici],
])("a response over %s that does not end", (_, fetch) => {
  it.each([
    ["plain text", false],
    ["a gzip bomb", true],
  ])("is aborted at the limit, and not retried: %s", async (_, isCoded) => {
    const { url: baseUrl, requests, sent } = await endlessServer(isCoded);
    const error = await errorOf(calls({ baseUrl, fetch, maxResponseBytes: LIMIT }).fetchProfile({ path }));
    expect(isMemoryError(error) && isResponseTooLargeError(error)).toBe(true);
    expect(error).toMatchObject({
      name: "ResponseTooLargeError",
      operationId: "fetchProfile",
      attempts: 1,
      maxResponseBytes: LIMIT,
      message: "fetchProfile: the response is larger than 1000000 bytes (maxResponseBytes)",
    });
    expect(requests).toHaveLength(1);
    // This resolves only because the client closed the connection.
    expect(await sent[0]).toBeLessThan(SOME);
  });

  it("is aborted by an openapi-fetch client", async () => {
    const { url: baseUrl, requests, sent } = await endlessServer(true);
    const client = createFetchClient({ baseUrl, credentials, fetch, maxResponseBytes: LIMIT });
    const call = client.GET("/v1/Stores/{storeId}/Profiles/{profileId}", { params: { path } });
    await expect(call).rejects.toMatchObject({ name: "ResponseTooLargeError" });
    expect(requests).toHaveLength(1);
    expect(await sent[0]).toBeLessThan(SOME);
  });
});

describe.each<[string, Fetch | undefined]>([
  ["node:http", undefined],
  ["the platform's fetch", globalThis.fetch],
  ["a fetch whose responses have no stream", withoutStream],
  ["undici", undici],
])("the limit of a response over %s", (_, fetch) => {
  const serve = (body: string | Buffer, headers = {}, status = 200) =>
    serverThat((_, response) => void response.writeHead(status, headers).end(body));
  const call = (baseUrl: string, maxResponseBytes?: number) =>
    fetchProfile(createConnection({ baseUrl, credentials, fetch, maxResponseBytes }), { path });

  it.each<[string, (body: string) => string | Buffer, Record<string, string>]>([
    ["plain", (body) => body, {}],
    ["in gzip", gzipSync, { "Content-Encoding": "gzip" }],
  ])("is counted in decoded bytes: %s", async (_, encode, headers) => {
    const url = await serve(encode(profileOf(5_000)), headers);
    await expect(call(url, 5_000)).resolves.toEqual(profile);
    await expect(call(url, 4_999)).rejects.toMatchObject({ name: "ResponseTooLargeError" });
  });

  it("is counted in bytes, not in characters", async () => {
    const traits = { Contact: { city: "€".repeat(100_000) } };
    const body = JSON.stringify({ ...profile, traits });
    const url = await serve(body);
    await expect(call(url, Buffer.byteLength(body))).resolves.toMatchObject({ traits });
    await expect(call(url, Buffer.byteLength(body) - 1)).rejects.toMatchObject({ name: "ResponseTooLargeError" });
  });

  it("applies to an error, and the outcome is unanswered", async () => {
    const baseUrl = await serve("x".repeat(200), {}, 404);
    const outcome = await calls({ baseUrl, fetch, maxResponseBytes: 100 }).fetchProfile({ path }).safe();
    expect(outcome).toMatchObject({ ok: false, status: "unanswered", error: { name: "ResponseTooLargeError" } });
  });

  it("is 64 MiB by default", async () => {
    const mib64 = 64 * 2 ** 20;
    const url = await serve(profileOf(mib64));
    await expect(call(url)).resolves.toEqual(profile);
    await expect(call(await serve(profileOf(mib64 + 1)))).rejects.toMatchObject({ maxResponseBytes: mib64 });
    await expect(call(await serve(profileOf(mib64 + 1)), Infinity)).resolves.toEqual(profile);
  });
});

describe("the option maxResponseBytes", () => {
  it.each([0, -1, Number.NaN])("cannot be %s", (maxResponseBytes) => {
    expect(() => createConnection({ credentials, maxResponseBytes })).toThrow(
      expect.objectContaining({ name: "InvalidParameterError", parameter: "maxResponseBytes" }),
    );
  });

  it("is passed to the transport", async () => {
    let passed: number | undefined;
    const fetch: Fetch = async (url, init) => {
      passed = init.maxResponseBytes;
      return withoutStream(url, init);
    };
    const baseUrl = await serverThat((_, response) => void response.end(profileOf(200)));
    await fetchProfile(createConnection({ baseUrl, credentials, fetch, maxResponseBytes: 200 }), { path });
    expect(passed).toBe(200);
  });

  it("is enforced by a transport that is called directly", async () => {
    const url = await serverThat((_, response) => void response.end("x".repeat(100)));
    const { text } = await nodeHttp(url, init({ maxResponseBytes: 99 }));
    for (const response of [text(), undici(url, init({ maxResponseBytes: 99 }))]) {
      await expect(response).rejects.toMatchObject({ message: "response too large", code: "ERR_RESPONSE_TOO_LARGE" });
    }
  });

  it("applies to a method text that replaces that of the platform's response", async () => {
    const fetch: Fetch = async (url, init) =>
      Object.assign(await globalThis.fetch(url, init), { text: async () => profileOf(200) });
    const baseUrl = await serverThat((_, response) => void response.end("encoded in a custom way"));
    const call = (maxResponseBytes: number) =>
      fetchProfile(createConnection({ baseUrl, credentials, fetch, maxResponseBytes }), { path });
    await expect(call(200)).resolves.toEqual(profile);
    await expect(call(199)).rejects.toMatchObject({ name: "ResponseTooLargeError" });
  });

  it("does not hide that a response was already read", async () => {
    const fetch: Fetch = async (url, init) => {
      const response = await globalThis.fetch(url, init);
      await response.text();
      return response;
    };
    const baseUrl = await serverThat((_, response) => void response.end(profileOf(200)));
    const call = fetchProfile(createConnection({ baseUrl, credentials, fetch, retry: false }), { path });
    await expect(call).rejects.toMatchObject({ name: "ConnectionError" });
  });

  it("does not apply to a transport that is called without it", async () => {
    const url = await serverThat((_, response) => void response.end("x".repeat(100)));
    await expect((await undici(url, init())).text()).resolves.toHaveLength(100);
  });
});
