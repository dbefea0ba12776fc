import { once } from "node:events";
import { connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";
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
  it("answers with the first example of the contract once it has resolved", async () => {
    const mock = await start();
    const response = await fetch(mock.url + PROFILES, { headers: { Authorization: AUTHORIZATION } });
    expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ meta: { key: "profiles" } });
  });

  it("runs beside another one", async () => {
    const mocks = await Promise.all([start(), start()]);
    expect(new Set(mocks.map(({ url }) => url)).size).toBe(2);
    for (const mock of mocks) {
      expect((await fetch(mock.url + PROFILES, { headers: { Authorization: AUTHORIZATION } })).status).toBe(200);
    }
  });

  it("takes the port that it is given", async () => {
    const port = await freePort();
    expect((await start({ port })).url).toBe(`http://127.0.0.1:${port}`);
  });

  it("rejects if the port is taken, naming it and what to do", async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(start({ port })).rejects.toMatchObject({
      name: "MockError",
      code: "PORT_UNAVAILABLE",
      message: `Cannot listen on port ${port} (listen EADDRINUSE: address already in use 127.0.0.1:${port}). Stop what uses it or choose another; port 0 takes a free one.`,
    });
  });

  it("reads another document from a file", async () => {
    const document = fileURLToPath(import.meta.resolve("@memory-api/spec/openapi.yaml"));
    const mock = await start({ document });
    expect((await fetch(mock.url + PROFILES, { headers: { Authorization: AUTHORIZATION } })).status).toBe(200);
  });

  it("rejects if the document is not there", async () => {
    await expect(start({ document: "/nowhere/openapi.yaml" })).rejects.toMatchObject({
      code: "DOCUMENT_UNREADABLE",
      message: expect.stringContaining("/nowhere/openapi.yaml"),
    });
  });

  it("logs why a request was refused", async () => {
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

describe("stop", () => {
  it("frees the port, and may be called again", async () => {
    const mock = await start();
    const port = Number(new URL(mock.url).port);
    await mock.stop();
    await mock.stop();
    expect((await start({ port })).url).toBe(mock.url);
  });

  it("does not wait for a client that never ends its request", async () => {
    const mock = await start();
    const socket = connect(Number(new URL(mock.url).port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(`POST ${PROFILES} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n`);
    socket.on("error", () => {});
    const closed = new Promise((resolve) => socket.on("close", resolve));
    await mock.stop();
    await closed;
  });

  it("is what `await using` does", async () => {
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
