import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "../../src/operations/api-error.ts";
import { faultPlugin } from "../../src/sandbox/faults/fault-plugin.ts";
import { Faults } from "../../src/sandbox/faults/faults.ts";
import { Waits } from "../../src/sandbox/faults/waits.ts";
import { sandboxFetch } from "../../src/sandbox/fetch/sandbox-fetch.ts";

const BODY = { message: "x".repeat(80) };
/** Exceeds the duration of every test. */
const hours = { kind: "latency", ms: 600_000 } as const;
const LENGTH = JSON.stringify(BODY).length;

interface Transport {
  readonly name: string;
  /** Returns a `fetch` that takes a path. */
  open(app: FastifyInstance): Promise<(path: string, init?: RequestInit) => Promise<Response>>;
}

const transports: Transport[] = [
  {
    name: "over the network",
    open: async (app) => {
      const url = await app.listen({ port: 0, host: "127.0.0.1" });
      return (path, init) => fetch(url + path, init);
    },
  },
  {
    name: "in process",
    open: async (app) => {
      await app.ready();
      const inProcess = sandboxFetch(app);
      return (path, init) => inProcess(`http://memory.invalid${path}`, init);
    },
  },
];

describe.each(transports)("a fault $name", ({ open }) => {
  let app: FastifyInstance;
  let faults: Faults;
  let waits: Waits;
  let toServer: Awaited<ReturnType<Transport["open"]>>;
  let writes = 0;

  beforeEach(async () => {
    writes = 0;
    faults = new Faults(() => 1000, Math.random);
    app = Fastify();
    app.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof ApiError)) throw error;
      return reply.code(error.status).headers(error.headers).send(error.toBody());
    });
    waits = new Waits();
    await app.register(faultPlugin(faults, waits));
    const respond = async () => {
      writes++;
      return BODY;
    };
    app.post("/write", { config: { operationId: "createProfile" } }, respond);
    app.put("/upload", { config: { operationId: "uploadImportFile" } }, async (_request, reply) => {
      writes++;
      return reply.send();
    });
    app.post("/other", respond);
    toServer = await open(app);
  });
  afterEach(async () => {
    await app.close();
  });

  const write = (init?: RequestInit) => toServer("/write", { method: "POST", ...init });
  const causeOf = (promise: Promise<unknown>) => promise.catch((error) => error.cause?.code ?? error);

  it("does not affect a request without a fault", async () => {
    const response = await write();
    expect(await response.json()).toEqual(BODY);
  });

  it("returns 429 with Retry-After, and the request does not take effect", async () => {
    faults.setPlan([{ fault: { kind: "status", status: 429, retryAfter: 7 } }]);
    const response = await write();
    expect(response.status).toBe(429);
    expect(response.headers.get("Retry-After")).toBe("7");
    expect(await response.json()).toMatchObject({ code: 20429, status: 429 });
    expect(writes).toBe(0);
  });

  it("returns 503, with Retry-After only if the fault has it", async () => {
    faults.setPlan([
      { times: 1, fault: { kind: "status", status: 503 } },
      { times: 1, fault: { kind: "status", status: 503, retryAfter: 3 } },
    ]);
    const [bare, dated] = [await write(), await write()];
    expect([bare.status, bare.headers.get("Retry-After")]).toEqual([503, null]);
    expect([dated.status, dated.headers.get("Retry-After")]).toEqual([503, "3"]);
    expect(await bare.json()).toMatchObject({ code: 20503, status: 503 });
  });

  it("delays a request without delaying others, and then processes it", async () => {
    const delay = Promise.withResolvers<boolean>();
    const passing = vi.spyOn(waits, "pass").mockReturnValueOnce(delay.promise);
    faults.setPlan([{ times: 1, fault: { kind: "latency", ms: 100 } }]);
    const delayed = write();
    await expect.poll(() => passing.mock.calls.length).toBe(1);
    expect(passing.mock.calls[0]?.[0]).toBe(100);
    expect((await write()).status).toBe(200);
    expect(writes).toBe(1);
    delay.resolve(true);
    expect((await delayed).status).toBe(200);
    expect(writes).toBe(2);
  });

  it("breaks the connection before the request takes effect", async () => {
    faults.setPlan([{ times: 1, fault: { kind: "reset" } }]);
    const failure = await write().catch((error) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect(failure.message).toBe("fetch failed");
    expect(failure.cause.code).toBe("ECONNRESET");
    expect(writes).toBe(0);
    expect((await write()).status).toBe(200);
  });

  it("truncates a response that has its full Content-Length, after the request took effect", async () => {
    faults.setPlan([{ times: 1, fault: { kind: "truncate", bytes: 20 } }]);
    const response = await write();
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Length")).toBe(String(LENGTH));
    const received: Uint8Array[] = [];
    const read = async () => {
      for await (const chunk of response.body ?? []) received.push(chunk);
    };
    const failure = await read().catch((error) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect(failure.message).toBe("terminated");
    expect(Buffer.concat(received).toString()).toBe(JSON.stringify(BODY).slice(0, 20));
    expect(writes).toBe(1);
  });

  it("truncates a response to half its length by default, and always by at least one byte", async () => {
    faults.setPlan([{ times: 1, fault: { kind: "truncate" } }, { fault: { kind: "truncate", bytes: 10_000 } }]);
    await expect((await write()).text()).rejects.toThrow("terminated");
    await expect((await write()).text()).rejects.toThrow("terminated");
    expect(writes).toBe(2);
  });

  it("loses a response without a body", async () => {
    faults.setPlan([{ fault: { kind: "truncate" } }]);
    expect(await causeOf(toServer("/upload", { method: "PUT" }))).toBe("ECONNRESET");
    expect(writes).toBe(1);
  });

  it("sends a response slowly", async () => {
    faults.setPlan([{ fault: { kind: "slow", bytesPerSecond: 400 } }]);
    const response = await write();
    expect(response.headers.get("Content-Length")).toBe(String(LENGTH));
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body ?? []) chunks.push(chunk);
    expect(chunks.length).toBeGreaterThan(1);
    expect(Buffer.concat(chunks).toString()).toBe(JSON.stringify(BODY));
  });

  it("can be requested by a header, for one request", async () => {
    faults.setPlan([{ times: 1, fault: { kind: "reset" } }]);
    expect((await write({ headers: { "Memory-Sandbox-Fault": "status=503" } })).status).toBe(503);
    expect(faults.fired()).toEqual([
      { time: "1970-01-01T00:00:01.000Z", operationId: "createProfile", fault: { kind: "status", status: 503 } },
    ]);
    expect(await causeOf(write())).toBe("ECONNRESET");
    expect((await write({ headers: { "Memory-Sandbox-Fault": "burn" } })).status).toBe(400);
  });

  it("does not affect a route that is not an operation", async () => {
    faults.setPlan([{ fault: { kind: "reset" } }]);
    expect((await toServer("/other", { method: "POST" })).status).toBe(200);
    expect(faults.fired()).toEqual([]);
  });

  it("ends when the caller aborts a slow response", async () => {
    faults.setPlan([{ fault: { kind: "slow", bytesPerSecond: 1 } }]);
    const controller = new AbortController();
    const response = await write({ signal: controller.signal });
    const text = response.text();
    controller.abort(new Error("enough"));
    await expect(text).rejects.toThrow("enough");
  });

  it("does not process a delayed request whose caller aborted it", async () => {
    const passing = vi.spyOn(waits, "pass");
    faults.setPlan([{ times: 1, fault: hours }]);
    const controller = new AbortController();
    const delayed = write({ signal: controller.signal });
    await expect.poll(() => passing.mock.results.length).toBe(1);
    controller.abort(new Error("enough"));
    await expect(delayed).rejects.toThrow("enough");
    expect(await passing.mock.results[0]?.value).toBe(false);
    expect((await write()).status).toBe(200);
    expect(writes).toBe(1);
  });

  it("breaks the connections of delayed requests when waits end, but not those of later requests", async () => {
    faults.setPlan([{ fault: hours }]);
    const [first, second] = [causeOf(write()), causeOf(write())];
    await expect.poll(() => faults.fired().length).toBe(2);
    waits.end();
    expect([await first, await second]).toEqual(["ECONNRESET", "ECONNRESET"]);
    const third = causeOf(write());
    await expect.poll(() => faults.fired().length).toBe(3);
    await app.close();
    expect(await third).toBe("ECONNRESET");
    expect(writes).toBe(0);
  });

  it("breaks a slow response when the application closes", async () => {
    faults.setPlan([{ fault: { kind: "slow", bytesPerSecond: 1 } }]);
    const text = (await write()).text();
    const closed = app.close();
    await expect(text).rejects.toThrow("terminated");
    await closed;
  });
});
