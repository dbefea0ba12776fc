import { once } from "node:events";
import { connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { openapi } from "@memory-api/spec";
import { afterEach, describe, expect, it } from "vitest";
import { type Mock, type MockOptions, startMock } from "../src/index.ts";
import { AUTHORIZATION, creation, PROFILES } from "./requests.ts";

const running: Mock[] = [];

async function start(options?: MockOptions): Promise<Mock> {
  const mock = await startMock(options);
  running.push(mock);
  return mock;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((mock) => mock.stop()));
});

describe("startMock", () => {
  it("responds with the first example of the contract as soon as it resolves", async () => {
    const mock = await start();
    const response = await fetch(mock.url + PROFILES, { headers: { Authorization: AUTHORIZATION } });
    expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ meta: { key: "profiles" } });
  });

  it("starts several mocks side by side", async () => {
    const mocks = await Promise.all([start(), start()]);
    expect(new Set(mocks.map(({ url }) => url)).size).toBe(2);
    for (const mock of mocks) {
      expect((await fetch(mock.url + PROFILES, { headers: { Authorization: AUTHORIZATION } })).status).toBe(200);
    }
  });

  it("listens on the given port", async () => {
    const port = await freePort();
    expect((await start({ port })).url).toBe(`http://127.0.0.1:${port}`);
  });

  it("rejects if the port is in use, and says what to do", async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(start({ port })).rejects.toMatchObject({
      name: "MockError",
      code: "PORT_UNAVAILABLE",
      message: `Cannot listen on port ${port} (listen EADDRINUSE: address already in use 127.0.0.1:${port}). Stop the process that uses it or choose another port; 0 selects a free one.`,
    });
  });

  it.each([
    [-1, "-1"],
    [65_536, "65536"],
    [1.5, "1.5"],
    [Number.NaN, "NaN"],
    ["x", "a value of type string"],
    ["8080", "a value of type string"],
    [null, "a value of type object"],
  ])("rejects if the port is %s", async (port, received) => {
    await expect(start({ port: port as never })).rejects.toMatchObject({
      name: "MockError",
      code: "OPTION_INVALID",
      message: `The port option must be an integer from 0 to 65535. Received ${received}.`,
    });
  });

  it("rejects if the log is not a function", async () => {
    await expect(start({ log: "debug" as never })).rejects.toMatchObject({
      name: "MockError",
      code: "OPTION_INVALID",
      message: "The log option must be a function. Received a value of type string.",
    });
  });

  it("reads a document from a file", async () => {
    const document = fileURLToPath(import.meta.resolve("@memory-api/spec/openapi.yaml"));
    const mock = await start({ document });
    expect((await fetch(mock.url + PROFILES, { headers: { Authorization: AUTHORIZATION } })).status).toBe(200);
  });

  it("rejects if the document does not exist", async () => {
    await expect(start({ document: "/nowhere/openapi.yaml" })).rejects.toMatchObject({
      code: "DOCUMENT_UNREADABLE",
      message: expect.stringContaining("/nowhere/openapi.yaml"),
    });
  });

  it("rejects if the document contains a value that is not JSON", async () => {
    const document = { ...openapi, transform: () => "source text" };
    await expect(start({ document })).rejects.toMatchObject({
      name: "MockError",
      code: "DOCUMENT_UNREADABLE",
      message:
        "Cannot copy the document into the mock's thread, because it contains a function or another value that is not JSON. Pass the path of an OpenAPI file, or the parsed document as plain JSON values.",
      cause: expect.objectContaining({ name: "DataCloneError" }),
    });
  });

  it("logs why a request is rejected", async () => {
    const lines: string[] = [];
    const mock = await start({ log: (line) => lines.push(line) });
    await fetch(mock.url + PROFILES, creation({ nickname: "Ada" }));
    await expect
      .poll(() => lines)
      .toEqual(
        expect.arrayContaining([
          `POST ${PROFILES} Request received`,
          "Request body must NOT have additional properties; found 'nickname'",
        ]),
      );
  });
});

describe("CORS", () => {
  const Origin = "https://app.example";

  it("allows a preflight request from any origin, with its method and headers", async () => {
    const mock = await start();
    const response = await fetch(mock.url + PROFILES, {
      method: "OPTIONS",
      headers: {
        Origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,prefer",
      },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": Origin,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "authorization,content-type,prefer",
    });
  });

  it.each([
    [200, { Authorization: AUTHORIZATION }],
    [401, {}],
  ])("lets a page of any origin read a %i response and its headers", async (status, headers) => {
    const mock = await start();
    const response = await fetch(mock.url + PROFILES, { headers: { Origin, ...headers } });
    expect(response.status).toBe(status);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "access-control-allow-origin": Origin,
      "access-control-expose-headers": "*",
    });
  });
});

describe("stop", () => {
  it("releases the port, and can be called again", async () => {
    const mock = await start();
    const port = Number(new URL(mock.url).port);
    await mock.stop();
    await mock.stop();
    expect((await start({ port })).url).toBe(mock.url);
  });

  it("does not wait for a client that never finishes its request", async () => {
    const mock = await start();
    const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(`POST ${PROFILES} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n`);
    socket.on("error", () => {});
    const closed = new Promise((resolve) => socket.on("close", resolve));
    await mock.stop();
    await closed;
  });

  it("runs at the end of `await using`", async () => {
    let url: string;
    {
      await using mock = await startMock();
      url = mock.url;
    }
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
