import { brotliCompressSync, constants, createGzip, deflateSync, gzipSync, type InputType } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { createConnection } from "../../src/connection/connection.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import type { Fetch } from "../../src/transports/fetch.ts";
import { nodeHttp } from "../../src/transports/node-http.ts";
import { undiciFetch } from "../../src/transports/undici.ts";
import { credentials, path } from "./example-call.ts";
import { init } from "./init.ts";
import { serverThat } from "./server-that.ts";

const undici = undiciFetch();
afterAll(() => undici.close());

const gzipTwice = (text: InputType) => gzipSync(gzipSync(text));
const plain = (text: string) => text;

describe.each<[string, Fetch]>([
  ["the platform's fetch", globalThis.fetch],
  ["node:http", nodeHttp],
  ["undici", undici],
])("a response over %s", (_, fetch) => {
  const coded = (coding: string, body: string | Buffer, status = 200) =>
    serverThat((_, response) => void response.writeHead(status, { "Content-Encoding": coding }).end(body));

  it.each<[string, (text: string) => string | Buffer]>([
    ["gzip", gzipSync],
    ["GZIP", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["gzip, gzip", gzipTwice],
    ["gzip, gzip,gzip,  gzip, gzip", (text) => gzipTwice(gzipTwice(gzipSync(text)))],
    ["deflate,BR", (text) => brotliCompressSync(deflateSync(text))],
    ["identity", plain],
    ["", plain],
  ])("is decoded if its Content-Encoding is %j", async (coding, encode) => {
    const response = await fetch(await coded(coding, encode("Köln")), init());
    await expect(response.text()).resolves.toBe("Köln");
  });

  it.each(["gzip", "deflate", "br", "gzip, gzip"])("may have an empty body in %s", async (coding) => {
    const response = await fetch(await coded(coding, "", 404), init());
    expect([response.status, await response.text()]).toEqual([404, ""]);
  });

  it.each<[string, string, number]>([
    ["HEAD", "a response to HEAD", 200],
    ["GET", "a 204", 204],
    ["GET", "a 304", 304],
  ])("has no body to decode after %s if it is %s", async (method, _, status) => {
    const response = await fetch(await coded("gzip", "", status), init({ method }));
    expect([response.status, await response.text()]).toEqual([status, ""]);
  });

  it.each(["utf-8", "gzip-2", "my-gzip", "x-br", "gzip, utf-8"])(
    "is not changed if its coding is %s, which is unknown",
    async (coding) => {
      const response = await fetch(await coded(coding, "Köln"), init());
      await expect(response.text()).resolves.toBe("Köln");
    },
  );

  it.each([
    ["is not gzip", "gzip", "<html>", "incorrect header check"],
    ["has more than five codings", "gzip, ".repeat(6), "", "too many content"],
  ])("is a ConnectionError if it %s", async (_, coding, body, reason) => {
    const connection = createConnection({ baseUrl: await coded(coding, body), credentials, fetch, retry: false });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining(reason),
      mayHaveArrived: true,
    });
  });

  it("is a ConnectionError if the connection is cut within its gzip", async () => {
    const baseUrl = await serverThat((_, response) => {
      response.writeHead(200, { "Content-Encoding": "gzip" });
      const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH });
      gzip.once("data", (piece) => response.write(piece, () => response.socket?.destroy()));
      gzip.write("{");
    });
    const connection = createConnection({ baseUrl, credentials, fetch, retry: false });
    await expect(fetchProfile(connection, { path })).rejects.toMatchObject({ name: "ConnectionError" });
  });
});
