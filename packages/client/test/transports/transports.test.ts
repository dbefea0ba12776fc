import { getEventListeners, once } from "node:events";
import type { RequestListener } from "node:http";
import { finished } from "node:stream/promises";
import { deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { CallOptions } from "../../src/connection/client-options.ts";
import { createConnection } from "../../src/connection/connection.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import type { Fetch } from "../../src/transports/fetch.ts";
import { nodeHttp } from "../../src/transports/node-http.ts";
import { undiciFetch } from "../../src/transports/undici.ts";
import { recordingServer } from "../recording-server.ts";
import { credentials, path } from "./example-call.ts";
import { init } from "./init.ts";
import { serverThat } from "./server-that.ts";

const undici = undiciFetch();
afterAll(() => undici.close());

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  server.respondWith({ status: 200, body: {} });
});

describe.each<[string, Fetch]>([
  ["node:http", nodeHttp],
  ["undici", undici],
])("the transport over %s", (_, fetch) => {
  const call = (options?: CallOptions, baseUrl = server.url) =>
    fetchProfile(createConnection({ baseUrl, credentials, fetch, retry: false }), { path }, options);

  it.each([
    ["text", "PATCH", '{"city":"Köln"}', "16"],
    ["an empty string", "POST", "", "0"],
    ["nothing", "GET", undefined, undefined],
    ["nothing", "DELETE", undefined, undefined],
  ])("sends %s with %s and its length", async (_, method, body, length) => {
    await fetch(server.url, init({ method, headers: { "X-One": "1" }, ...(body !== undefined && { body }) }));
    const [received] = server.requests;
    expect(received).toMatchObject({ method, url: "/", headers: { "x-one": "1" }, body: body ?? "" });
    expect(received?.headers["content-length"]).toBe(length);
    expect(received?.headers).not.toHaveProperty("transfer-encoding");
  });

  it.each(["https", "HTTPS"])("uses TLS for a URL with %s", async (scheme) => {
    const plain = server.url.replace("http", scheme);
    await expect(call({}, plain)).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringMatching(/ssl|tls/i),
    });
    expect(server.requests).toEqual([]);
  });

  it("returns a redirect unchanged", async () => {
    server.respondWith({ status: 301, headers: { location: `${server.url}/elsewhere` } });
    const response = await fetch(server.url, init());
    expect([response.status, response.ok, response.headers.get("Location")]).toEqual([
      301,
      false,
      `${server.url}/elsewhere`,
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it("finds a header by its name in any case, and no inherited property", async () => {
    server.respondWith({ status: 200, headers: { "X-Request-Id": "r1" } });
    const { headers } = await fetch(server.url, init());
    expect([headers.get("x-request-id"), headers.get("X-REQUEST-ID"), headers.get("constructor")]).toEqual([
      "r1",
      "r1",
      null,
    ]);
  });

  it("decodes characters that arrive in two chunks", async () => {
    const [first = 0, ...rest] = Buffer.from("é€😀");
    const url = await serverThat((_, response) => {
      response.write(Buffer.of(first), () => setImmediate(() => response.end(Buffer.from(rest))));
    });
    const response = await fetch(url, init());
    await expect(response.text()).resolves.toBe("é€😀");
  });

  it("reports that a request cannot have arrived if the connection is refused", async () => {
    const closed = await recordingServer();
    await closed.close();
    await expect(call({}, closed.url)).rejects.toMatchObject({
      name: "ConnectionError",
      code: "ECONNREFUSED",
      mayHaveArrived: false,
    });
  });

  it.each<[string, RequestListener, RegExp]>([
    ["is reset", ({ socket }) => socket.resetAndDestroy(), /^(ECONNRESET|UND_ERR_SOCKET)$/],
    [
      "ends in the body",
      (_, response) => {
        response.writeHead(200, { "content-length": 100 });
        response.write("{", () => response.socket?.destroy());
      },
      /^(ECONNRESET|UND_ERR_SOCKET)$/,
    ],
  ])("reports that a request may have arrived if the connection %s", async (_, respond, code) => {
    const error = call({}, await serverThat(respond));
    await expect(error).rejects.toMatchObject({
      name: "ConnectionError",
      code: expect.stringMatching(code),
      mayHaveArrived: true,
    });
  });

  it.each<[string, RequestListener]>([
    ["before the response", () => {}],
    [
      "in the body of the response",
      (_, response) => {
        response.writeHead(200, { "content-length": 100 });
        response.write("{");
      },
    ],
  ])("aborts a call %s, and closes its connection", async (_, respond) => {
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    let hungUp: Promise<unknown> | undefined;
    const url = await serverThat((request, response) => {
      hungUp = new Promise((closed) => request.socket.on("close", closed));
      respond(request, response);
      setImmediate(() => controller.abort(reason));
    });
    await expect(call({ signal: controller.signal }, url)).rejects.toBe(reason);
    await hungUp;
  });

  it("rejects if the service switches to another protocol", async () => {
    const url = await serverThat(({ socket }) => {
      socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
    });
    await expect(call({}, url)).rejects.toMatchObject({ name: "ConnectionError", mayHaveArrived: true });
  });

  it("sends nothing if the signal is already aborted", async () => {
    const sent = fetch(server.url, init({ signal: AbortSignal.abort(new Error("too late")) }));
    await expect(sent).rejects.toThrow("too late");
    expect(server.requests).toEqual([]);
  });

  it("leaves no listener on the signal of a call that has ended", async () => {
    const { signal } = new AbortController();
    await (await fetch(server.url, init({ signal }))).text();
    await expect.poll(() => getEventListeners(signal, "abort")).toEqual([]);
  });

  it("receives a whole response even if it is not read, so its connection becomes free", async () => {
    let sent: Promise<unknown> | undefined;
    const url = await serverThat((_, response) => {
      // More than the buffers of a connection.
      sent = finished(response.end("x".repeat(20_000_000)));
    });
    await fetch(url, init());
    await expect(sent).resolves.toBeUndefined();
  });
});

describe("the transport over node:http", () => {
  it("names the reason if the server changes to another protocol", async () => {
    const url = await serverThat(({ socket }) => {
      socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n");
    });
    await expect(nodeHttp(url, init())).rejects.toBe("closed without a response");
  });

  it("is not misled by a query that contains another scheme", async () => {
    const response = await nodeHttp(`${server.url}/?next=https://example.com`, init());
    expect(response.status).toBe(200);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
  ])("accepts gzip, and decodes a response in %s", async (coding, encode) => {
    const url = await serverThat((request, response) => {
      response.setHeader("Content-Encoding", coding).end(encode(String(request.headers["accept-encoding"])));
    });
    await expect((await nodeHttp(url, init())).text()).resolves.toBe("gzip");
  });

  it("rejects if a compressed body is cut off", async () => {
    const url = await serverThat((_, response) => {
      response.writeHead(200, { "Content-Encoding": "gzip" });
      response.write(gzipSync("x".repeat(1000)).subarray(0, 20), () => response.socket?.destroy());
    });
    const response = await nodeHttp(url, init());
    await expect(response.text()).rejects.toThrow();
  });

  it("causes no unhandled rejection if an unread body is cut off", async () => {
    let broken: Promise<unknown> | undefined;
    const url = await serverThat((request, response) => {
      broken = once(request.socket, "close");
      response.writeHead(200, { "Content-Length": 100 });
      response.write("{", () => response.socket?.destroy());
    });
    const unhandled: unknown[] = [];
    const listen = (error: unknown) => void unhandled.push(error);
    process.on("unhandledRejection", listen);
    onTestFinished(() => void process.off("unhandledRejection", listen));
    await nodeHttp(url, init());
    await broken;
    // The client notices the end of the connection in a later turn.
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
  });

  it("sends the User-Agent that it is given", async () => {
    await nodeHttp(server.url, init({ headers: { "user-agent": "newsletter/2" } }));
    expect(server.requests.map(({ headers }) => headers["user-agent"])).toEqual(["newsletter/2"]);
  });
});
