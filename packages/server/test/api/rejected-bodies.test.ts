import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { type ApiServer, startApi } from "../support/api-server.ts";
import { createImport, profilesOf } from "../support/requests.ts";
import { logins, settingsForTests, storeId } from "../support/settings-for-tests.ts";

const authorization = `Authorization: Basic ${Buffer.from(logins.owner.join(":")).toString("base64")}`;
const json = "Content-Type: application/json";
const size = 50 * 1024 * 1024;
const chunkedSize = `Transfer-Encoding: chunked\r\n\r\n${size.toString(16)}`;

/** Sends the headers and the whole body before it reads a response, as many clients do. */
async function sendAll(api: ApiServer, target: string, method: string, headers: readonly string[], close = true) {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `${method} ${target} HTTP/1.1\r\nHost: x\r\n${close ? "Connection: close\r\n" : ""}${headers.join("\r\n")}\r\n`,
  );
  const sent = new Promise<Error | null | undefined>((resolve) => socket.write(Buffer.alloc(size, " "), resolve));
  return { socket, sent };
}

describe("a body that is rejected before it ends", () => {
  it.each([
    ["for its size", 413, [authorization, json, `Content-Length: ${size}\r\n`]],
    ["for its size, as soon as it is known", 413, [authorization, json, chunkedSize]],
    ["for its type", 415, [authorization, "Content-Type: text/plain", chunkedSize]],
    ["for its credentials", 401, [json, `Content-Length: ${size}\r\n`]],
  ])("%s, may still be sent completely", async (_, status, headers) => {
    const api = await startApi();
    const { socket, sent } = await sendAll(api, profilesOf(storeId), "POST", headers);
    expect(await sent).toBeFalsy();
    if (headers.includes(chunkedSize)) socket.write("\r\n0\r\n\r\n");
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it("as a file, may still be sent completely", async () => {
    const api = await startApi();
    const { pathname, search } = new URL((await createImport(api)).url);
    const headers = ["Content-Type: text/csv", `Content-Length: ${size}\r\n`];
    const { socket, sent } = await sendAll(api, pathname + search, "PUT", headers);
    expect(await sent).toBeFalsy();
    expect(await text(socket)).toMatch(/^HTTP\/1.1 413 /);
  });

  it("leaves the connection usable for the next request", async () => {
    const api = await startApi();
    const headers = [json, `Content-Length: ${size}\r\n`];
    const { socket, sent } = await sendAll(api, profilesOf(storeId), "POST", headers, false);
    await sent;
    socket.write(`GET ${profilesOf(storeId)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${authorization}\r\n\r\n`);
    const responses = await text(socket);
    expect(responses).toMatch(/^HTTP\/1.1 401 .*}HTTP\/1.1 200 /s);
  });

  it("is cut off if it does not end in time", async () => {
    const api = await startApi({ timeouts: { ...settingsForTests.timeouts, bodyMs: 100 } });
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    socket.write(`POST ${profilesOf(storeId)} HTTP/1.1\r\nHost: x\r\n${json}\r\nContent-Length: 10\r\n\r\n `);
    const closed = once(socket, "close");
    socket.resume();
    await closed;
  });
});
