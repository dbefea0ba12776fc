import { ReadableStream } from "node:stream/web";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandboxFetch } from "../../src/sandbox/fetch/sandbox-fetch.ts";

const HEADERS = ["accept", "authorization", "content-length", "content-type", "transfer-encoding", "x-own"];

/** Returns the request that it receives, or redirects to the URL in the query. */
function echo(): FastifyInstance {
  const app = Fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async (_request: unknown, payload: AsyncIterable<Buffer>) => {
    const chunks: Buffer[] = [];
    for await (const chunk of payload) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  });
  app.all("/echo", async (request, reply) => {
    const headers = Object.fromEntries(HEADERS.map((name) => [name, request.headers[name]]));
    reply.header("Set-Cookie", ["a=1", "b=2"]);
    return { method: request.method, url: request.url, headers, body: request.body };
  });
  app.all("/empty", async (_request, reply) => reply.code(204).send());
  // A hook responds before the body is read.
  const onRequest = async (_request: unknown, reply: FastifyReply) => reply.code(411).send("length required");
  app.all("/early", { onRequest }, async () => "never");
  app.all("/redirect/:status", async (request, reply) => {
    const { status } = Object(request.params);
    const { to } = Object(request.query);
    return reply.code(Number(status)).header("Location", to).send("moved");
  });
  return app;
}

async function described(response: Response) {
  const { status, statusText, redirected, ok } = response;
  const { pathname, search, hash } = new URL(response.url);
  const { "content-type": contentType, "set-cookie": cookie } = Object.fromEntries(response.headers);
  const outline = { status, statusText, redirected, ok, pathname, search, hash, contentType, cookie };
  return { ...outline, text: await response.text() };
}

/** Returns the response to a request, or the name and the messages of its error. */
function outcome(response: Promise<Response>): Promise<unknown> {
  return response.then(described, ({ name, message, cause }) => ({ name, message, cause: cause?.message }));
}

describe("fetch in process", () => {
  const app = echo();
  const inProcess = sandboxFetch(app);
  let origin = "";

  beforeAll(async () => {
    origin = await app.listen({ port: 0, host: "127.0.0.1" });
  });
  afterAll(() => app.close());

  /** Sends the same request over the network and in process. */
  async function both(send: (fetchFrom: typeof fetch, origin: string) => Promise<Response>) {
    const [network, here] = await Promise.all([
      outcome(send(fetch, origin)),
      outcome(send(inProcess, "http://memory.invalid")),
    ]);
    return { network, here };
  }

  const bodies: [string, () => RequestInit][] = [
    ["no body", () => ({})],
    ["an empty text", () => ({ body: "" })],
    ["a text", () => ({ body: "Ñandú" })],
    ["bytes", () => ({ body: new Uint8Array([65, 66, 67]) })],
    ["a Blob", () => ({ body: new Blob(["email\n"], { type: "text/csv" }) })],
    ["a form", () => ({ body: new URLSearchParams({ a: "1" }) })],
    ["a stream", () => ({ body: ReadableStream.from([Buffer.from("a"), Buffer.from("b")]), duplex: "half" })],
    [
      "a stream with Content-Length",
      () => ({ body: ReadableStream.from([Buffer.from("ab")]), duplex: "half", headers: { "content-length": "2" } }),
    ],
  ];

  describe.each(bodies)("with %s", (_name, init) => {
    it.each(["POST", "PUT", "PATCH", "DELETE"])("sends the same as over the network: %s", async (method) => {
      const sent = await both((fetchFrom, base) => fetchFrom(`${base}/echo?q=%20x`, { method, ...init() }));
      expect(sent.here).toEqual(sent.network);
      expect(sent.here).toMatchObject({ status: 200 });
    });

    it("sends the same as over the network in a Request", async () => {
      const sent = await both((fetchFrom, base) =>
        fetchFrom(new Request(`${base}/echo`, { method: "PUT", ...init() })),
      );
      expect(sent.here).toEqual(sent.network);
      expect(sent.here).toMatchObject({ status: 200 });
    });
  });

  it("accepts a URL object, and headers in every format", async () => {
    const lists: RequestInit["headers"][] = [{ "X-Own": "1" }, [["X-Own", "1"]], new Headers({ "X-Own": "1" })];
    for (const headers of lists) {
      const sent = await both((fetchFrom, base) =>
        fetchFrom(new URL("/echo#part", base), { ...(headers && { headers }) }),
      );
      expect(sent.here).toEqual(sent.network);
      expect(sent.here).toMatchObject({ hash: "", text: expect.stringContaining('"x-own":"1"') });
    }
  });

  it("lets the second argument override a Request", async () => {
    const sent = await both((fetchFrom, base) => {
      const request = new Request(`${base}/echo`, { method: "POST", body: "old", headers: { "X-Own": "old" } });
      return fetchFrom(request, { method: "PUT", body: "new", headers: { "X-Own": "new" } });
    });
    expect(sent.here).toEqual(sent.network);
  });

  it("returns a null body for a response without a body", async () => {
    const sent = await both((fetchFrom, base) => fetchFrom(`${base}/empty`));
    expect(sent.here).toEqual(sent.network);
    expect((await inProcess("http://memory.invalid/empty")).body).toBeNull();
  });

  it("returns a response that is sent before the request is complete, and cancels the rest of the request", async () => {
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(Buffer.alloc(1024)),
      cancel: () => {
        cancelled = true;
      },
    });
    const response = await inProcess("http://memory.invalid/early", { method: "PUT", body, duplex: "half" });
    expect([response.status, await response.text()]).toEqual([411, "length required"]);
    await expect.poll(() => cancelled).toBe(true);
  });

  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
  const redirects = [301, 302, 303, 307, 308].flatMap((status) => methods.map((method) => ({ status, method })));
  it.each(redirects)("follows a $status of $method as over the network", async ({ status, method }) => {
    const init = { method, headers: { Authorization: "Basic eDp5", "X-Own": "1" } };
    const sent = await both((fetchFrom, base) =>
      fetchFrom(`${base}/redirect/${status}?to=${encodeURIComponent("/echo?q=1#part")}`, {
        ...init,
        ...(method !== "GET" && { body: '{"a":1}' }),
      }),
    );
    expect(sent.here).toEqual(sent.network);
    expect(sent.here).toMatchObject({ status: 200, redirected: true, search: "?q=1" });
    expect(sent.here).toMatchObject({ text: expect.stringContaining("Basic eDp5") });
  });

  it.each(["manual", "error"] as const)("handles the redirect mode %s as over the network", async (redirect) => {
    const sent = await both((fetchFrom, base) =>
      fetchFrom(`${base}/redirect/301?to=/echo`, { redirect, method: "POST", body: "a" }),
    );
    expect(sent.here).toEqual(sent.network);
  });

  it("removes credentials when it is redirected to another origin", async () => {
    const sent = await both((fetchFrom, base) => {
      const other = base.replace("127.0.0.1", "localhost").replace("invalid", "invalid:81");
      return fetchFrom(`${base}/redirect/307?to=${other}/echo`, { headers: { Authorization: "Basic eDp5" } });
    });
    expect(sent.here).toEqual(sent.network);
    expect(sent.here).toMatchObject({ text: expect.not.stringContaining("eDp5") });
  });

  it("rejects after 20 redirects, and at a stream that it cannot send again", async () => {
    const loop = "/redirect/302?to=";
    const rounds = (count: number, end: string): string =>
      count === 0 ? end : loop + encodeURIComponent(rounds(count - 1, end));
    for (const count of [3, 4]) {
      const sent = await both((fetchFrom, base) => fetchFrom(base + rounds(count, "/echo")));
      expect(sent.here).toEqual(sent.network);
    }
    const endless = Fastify();
    endless.get("/", async (_request, reply) => reply.redirect("/"));
    await expect(sandboxFetch(endless)("http://memory.invalid/")).rejects.toMatchObject({
      message: "fetch failed",
      cause: { message: "redirect count exceeded" },
    });
    const body = () => ReadableStream.from([Buffer.from("a")]);
    await expect(
      inProcess("http://memory.invalid/redirect/308?to=/echo", { method: "PUT", body: body(), duplex: "half" }),
    ).rejects.toThrow("fetch failed");
  });

  it("rejects what the platform rejects", async () => {
    await expect(inProcess("http://memory.invalid/echo", { method: "GET", body: "a" })).rejects.toThrow(TypeError);
    await expect(inProcess("no URL")).rejects.toThrow(TypeError);
    const body = ReadableStream.from([Buffer.from("a")]);
    await expect(inProcess("http://memory.invalid/echo", { method: "PUT", body })).rejects.toThrow("duplex");
  });

  it("rejects with the error of the caller's stream", async () => {
    const cause = new Error("the file is gone");
    for (const send of [fetch, inProcess]) {
      const body = new ReadableStream({ pull: (controller) => controller.error(cause) });
      const sent = send(`${origin}/echo`, { method: "PUT", body, duplex: "half" });
      await expect(sent).rejects.toMatchObject({ message: "fetch failed", cause });
    }
  });

  it("rejects with the reason of a signal that is aborted before or during the request", async () => {
    const reason = new Error("enough");
    await expect(inProcess("http://memory.invalid/echo", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    const controller = new AbortController();
    const body = new ReadableStream({ pull: () => controller.abort(reason) });
    const sent = inProcess("http://memory.invalid/echo", {
      method: "PUT",
      body,
      duplex: "half",
      signal: controller.signal,
    });
    await expect(sent).rejects.toBe(reason);
  });
});
