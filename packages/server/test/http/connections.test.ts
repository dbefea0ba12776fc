import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import type { Limits, Settings } from "../../src/configuration/settings.ts";
import { authorization, connectTo, exchange, head, responsesIn, untilClosed } from "../security/raw-connection.ts";
import { startApi } from "../support/api-server.ts";
import { profilesOf } from "../support/requests.ts";
import { foreignStoreId, logins, settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { RecordedRequests } from "./recorded-requests.ts";

const target = profilesOf(storeId);
const host = "Host: x";
const get = (path: string, ...lines: string[]) => head("GET", path, host, authorization, ...lines);
const statusOf = async (url: string) => (await fetch(url)).status;
const { timeouts } = settingsForTests;

async function startRecorded(changes: Partial<Settings> = {}) {
  const recorded = new RecordedRequests();
  return { recorded, api: await startApi(changes, [recorded.plugin]) };
}

describe("pipelined requests", () => {
  it("are served one at a time, in their order", async () => {
    const { recorded, api } = await startRecorded();
    const paths = Array.from({ length: 10 }, (_, at) => `${target}?held=${at}`);
    const socket = await connectTo(api.url);
    const received = untilClosed(socket);
    socket.write(paths.map((path, at) => get(path, ...(at === 9 ? ["Connection: close"] : []))).join(""));
    for (let count = 1; count <= paths.length; count++) {
      await expect.poll(() => recorded.held).toBe(1);
      expect(recorded.begun).toEqual(paths.slice(0, count));
      recorded.release();
    }
    const statuses = responsesIn(await received).map(({ status }) => status);
    expect(statuses).toEqual(paths.map(() => 200));
    expect(recorded.mostUnderWay).toBe(1);
  });

  it("do not delay the requests of other connections", async () => {
    const { recorded, api } = await startRecorded();
    const [many, one] = [await connectTo(api.url), await connectTo(api.url)];
    const received = [untilClosed(many), untilClosed(one)];
    many.write(`${get(`${target}?pageSize=100`).repeat(100)}${get("/health/ready", "Connection: close")}`);
    one.write(get("/health/live", "Connection: close"));
    await Promise.all(received);
    expect(recorded.begun).toHaveLength(102);
    expect(recorded.begun.indexOf("/health/live")).toBeLessThan(recorded.begun.indexOf("/health/ready") - 1);
  });

  it("are not read while others wait, and are all served in the end", async () => {
    const { recorded, api } = await startRecorded();
    const accepted = once(api.app.server, "connection");
    const socket = await connectTo(api.url);
    const [serverSocket]: Socket[] = await accepted;
    const received = untilClosed(socket);
    const body = '{"traits":{"Contact":{"email":"ada.reyes@example.com"}}}';
    const post = head(
      "POST",
      target,
      host,
      authorization,
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
    );
    const block = `${get("/health/live").repeat(9)}${post}${body}`;
    const sent = `${get(`${target}?held`)}${block.repeat(500)}${get("/health/ready", "Connection: close")}`;
    socket.write(sent);
    await expect.poll(() => recorded.held).toBe(1);
    // Each of them passes the event loop of the server several times.
    for (let count = 0; count < 20; count++) expect(await statusOf(`${api.url}/health/live`)).toBe(200);
    expect(serverSocket?.bytesRead).toBeLessThan(sent.length / 4);
    recorded.release();
    const statuses = responsesIn(await received).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(4502);
    expect(statuses.filter((status) => status === 202)).toHaveLength(500);
  });

  it("leave the connection usable for later requests", async () => {
    const { recorded, api } = await startRecorded();
    const socket = await connectTo(api.url);
    const received = untilClosed(socket);
    socket.write(get(`${target}?held`) + get("/health/live"));
    await expect.poll(() => recorded.held).toBe(1);
    recorded.release();
    await expect.poll(() => recorded.begun).toHaveLength(2);
    socket.write(get("/health/ready", "Connection: close"));
    expect(responsesIn(await received).map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it("are dropped if the client disconnects", async () => {
    const { recorded, api } = await startRecorded();
    const socket = await connectTo(api.url);
    socket.write(get(`${target}?held`) + get(`${target}?never`));
    await expect.poll(() => recorded.held).toBe(1);
    socket.resetAndDestroy();
    recorded.release();
    await expect.poll(() => connectionsOf(api.app.server)).toBe(0);
    expect(await statusOf(`${api.url}/health/live`)).toBe(200);
    expect(recorded.begun).toEqual([`${target}?held`, "/health/live"]);
  });
});

describe("the requests of an account that are under way", () => {
  it("are limited, and a request over the limit returns 429 with Retry-After", async () => {
    const { recorded, api } = await startRecorded({ limits: { requestsPerAccount: 2 } });
    const held = [0, 1].map(() => api.send({ method: "GET", target: `${target}?held` }));
    await expect.poll(() => recorded.held).toBe(2);
    const list = { method: "GET", target };
    const limited = { status: 429, headers: { "retry-after": "1" } };
    expect(await api.send(list)).toMatchObject(limited);
    expect(await api.send({ ...list, as: logins.ownerAccount })).toMatchObject(limited);
    expect(await api.send({ ...list, target: "/nowhere" })).toMatchObject({ status: 404 });
    expect(await api.send({ ...list, as: "nobody" })).toMatchObject({ status: 401 });
    const other = { ...list, target: profilesOf(foreignStoreId), as: logins.stranger };
    expect(await api.send(other)).toMatchObject({ status: 200 });
    for (const path of ["/health", "/health/live", "/health/ready"]) {
      expect(await statusOf(api.url + path)).toBe(200);
    }
    recorded.release();
    recorded.release();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    for (let count = 0; count < 3; count++) expect(await api.send(list)).toMatchObject({ status: 200 });
  });

  it("are no longer counted after they failed", async () => {
    const { api } = await startRecorded({ limits: { requestsPerAccount: 1 } });
    const malformed = { method: "POST", target, body: { trait: 1 } };
    for (let count = 0; count < 3; count++) expect(await api.send(malformed)).toMatchObject({ status: 400 });
  });

  it("are no longer counted after the client disconnected", async () => {
    const { recorded, api } = await startRecorded({ limits: { requestsPerAccount: 1 } });
    const socket = await connectTo(api.url);
    socket.write(get(`${target}?held`));
    await expect.poll(() => recorded.held).toBe(1);
    socket.resetAndDestroy();
    await expect.poll(async () => (await api.send({ method: "GET", target })).status).toBe(200);
  });
});

describe("connections", () => {
  const start = (limits: Limits, changes: Partial<Settings> = {}) => startApi({ limits, ...changes });
  /** Whether the server serves a request on a new connection from this address, which stays open. */
  const canConnect = async (url: string, localAddress = "127.0.0.1") => {
    const socket = await connectTo(url, { localAddress });
    socket.write(get("/health/live"));
    const first = await Promise.race([once(socket, "data"), once(socket, "close")]);
    return { socket, isServed: String(first[0]).startsWith("HTTP/1.1 200") };
  };

  it.each<[string, Limits]>([
    ["in all", { connections: 2 }],
    ["of an address", { connectionsPerAddress: 2 }],
  ])("%s are limited, and one over the limit is closed at once", async (_, limits) => {
    const { url } = await start(limits);
    const open = [await canConnect(url), await canConnect(url)];
    expect(open.map(({ isServed }) => isServed)).toEqual([true, true]);
    expect((await canConnect(url)).isServed).toBe(false);
    expect((await canConnect(url)).isServed).toBe(false);
    open[0]?.socket.destroy();
    await expect.poll(async () => (await canConnect(url)).isServed).toBe(true);
    expect((await canConnect(url)).isServed).toBe(false);
  });

  it("of one address do not count for another", async () => {
    const { url } = await start({ connectionsPerAddress: 1 });
    expect((await canConnect(url, "127.0.0.1")).isServed).toBe(true);
    expect((await canConnect(url, "127.0.0.1")).isServed).toBe(false);
    expect((await canConnect(url, "127.0.0.2")).isServed).toBe(true);
  });

  it("of a trusted proxy are limited only in all", async () => {
    const { url } = await start({ connections: 3, connectionsPerAddress: 1 }, { trustedProxies: ["127.0.0.1"] });
    for (let count = 0; count < 3; count++) expect((await canConnect(url)).isServed).toBe(true);
    expect((await canConnect(url)).isServed).toBe(false);
  });
});

describe("a client that sends a part of the headers", () => {
  const part = `GET ${target} HTTP/1.1\r\nX-Note: `;

  const connect = async ({ url }: { url: string }) => {
    // It never closes its side.
    const socket = await connectTo(url, { allowHalfOpen: true });
    const received: string[] = [];
    socket.on("data", (piece) => received.push(String(piece)));
    return { socket, responses: () => responsesIn(received.join("")) };
  };

  it("is disconnected after the response, even if it goes on sending and never closes the connection", async () => {
    const api = await startApi({ timeouts: { ...timeouts, headersMs: 100 } });
    const { socket, responses } = await connect(api);
    socket.write(part);
    await expect
      .poll(() => {
        if (socket.writable) socket.write("a");
        return connectionsOf(api.app.server);
      })
      .toBe(0);
    expect(responses()).toMatchObject([{ status: 400, headers: { connection: "close" } }]);
  });

  it("is disconnected after the response to malformed headers, even if it never closes the connection", async () => {
    const api = await startApi();
    const { socket, responses } = await connect(api);
    socket.write("GET / HTTP/1.1\r\nno header\r\n");
    await expect.poll(responses).toMatchObject([{ status: 400 }]);
    await expect.poll(() => connectionsOf(api.app.server)).toBe(0);
  });

  it("does not delay the shutdown", async () => {
    const api = await startApi();
    const { socket, responses } = await connect(api);
    socket.write(part);
    // The server has read the part before the request that follows.
    await statusOf(`${api.url}/health/live`);
    await api.app.close();
    expect(responses()).toEqual([]);
  });

  it("does not delay the shutdown after a request that was under way", async () => {
    const { recorded, api } = await startRecorded();
    const { socket, responses } = await connect(api);
    socket.write(get(`${target}?held`));
    await expect.poll(() => recorded.held).toBe(1);
    const closed = api.app.close();
    // The server no longer accepts connections.
    await expect.poll(() => exchange(api.url, "").catch(() => "refused")).toBe("refused");
    recorded.release();
    await expect.poll(responses).toMatchObject([{ status: 200 }]);
    socket.write(part);
    await closed;
  });
});

function connectionsOf(server: { getConnections(done: (error: Error | null, count: number) => void): unknown }) {
  return new Promise<number>((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}
