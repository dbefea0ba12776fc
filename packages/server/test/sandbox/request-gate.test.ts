import { once } from "node:events";
import { connect } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RequestGate } from "../../src/sandbox/request-gate.ts";

describe("the gate of a sandbox", () => {
  let app: FastifyInstance;
  let gate: RequestGate;
  let log: string[];
  let work: PromiseWithResolvers<void>;
  let started: PromiseWithResolvers<void>;

  beforeEach(async () => {
    log = [];
    work = Promise.withResolvers();
    started = Promise.withResolvers();
    gate = new RequestGate();
    app = Fastify();
    app.addHttpMethod("POST", { hasBody: false, overrideExisting: true });
    await app.register(gate.plugin());
    app.get("/read", { config: { operationId: "listProfiles" } }, async () => process("read"));
    app.post("/write", { config: { operationId: "createProfile" } }, async ({ raw }) => {
      let length = 0;
      for await (const chunk of raw) length += chunk.length;
      return process(`write ${length}`);
    });
    app.get("/control", async () => {
      await gate.alone(async () => void log.push("alone"));
      return "control";
    });
  });
  afterEach(() => app.close());

  async function process(name: string): Promise<string> {
    log.push(`${name} started`);
    started.resolve();
    await work.promise;
    log.push(`${name} done`);
    return name;
  }

  it("lets exclusive work wait for the requests in progress, and later requests for the exclusive work", async () => {
    const first = app.inject("/read");
    await started.promise;
    const control = app.inject("/control");
    await app.inject("/nowhere");
    const second = app.inject("/read");
    await app.inject("/nowhere");
    expect(log).toEqual(["read started"]);
    work.resolve();
    const responses = await Promise.all([first, control, second]);
    expect(responses.map(({ body }) => body)).toEqual(["read", "control", "read"]);
    expect(log).toEqual(["read started", "read done", "alone", "read started", "read done"]);
  });

  it("lets exclusive work wait for a request whose body is complete", async () => {
    const write = app.inject({ method: "POST", url: "/write", payload: "body" });
    await started.promise;
    const control = app.inject("/control");
    await app.inject("/nowhere");
    expect(log).toEqual(["write 4 started"]);
    work.resolve();
    expect((await Promise.all([write, control])).map(({ body }) => body)).toEqual(["write 4", "control"]);
    expect(log).toEqual(["write 4 started", "write 4 done", "alone"]);
  });

  it("holds a request whose body becomes complete during exclusive work", async () => {
    const exclusive = Promise.withResolvers<void>();
    const { port } = new URL(await app.listen({ port: 0, host: "127.0.0.1" }));
    const socket = connect(Number(port), "127.0.0.1");
    const head = "POST /write HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n";
    socket.write(head);
    await once(socket, "data");
    const alone = gate.alone(async () => {
      await exclusive.promise;
      log.push("alone");
    });
    socket.write("body");
    await fetch(`http://127.0.0.1:${port}/nowhere`);
    expect(log).toEqual([]);
    exclusive.resolve();
    await alone;
    await started.promise;
    work.resolve();
    expect(String(await once(socket, "data"))).toContain("200 OK");
    expect(log).toEqual(["alone", "write 4 started", "write 4 done"]);
    socket.destroy();
  });

  it("waits for the work of a caller who disconnected, but not longer", async () => {
    const { port } = new URL(await app.listen({ port: 0, host: "127.0.0.1" }));
    const socket = connect(Number(port), "127.0.0.1");
    socket.write("GET /read HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await started.promise;
    socket.destroy();
    await once(socket, "close");
    const control = app.inject("/control");
    await app.inject("/nowhere");
    expect(log).toEqual(["read started"]);
    work.resolve();
    expect((await control).body).toBe("control");
    expect(log).toEqual(["read started", "read done", "alone"]);
  });

  it("opens again after work that failed, exclusive or not", async () => {
    await expect(gate.pass(() => Promise.reject(new Error("passed")))).rejects.toThrow("passed");
    await expect(gate.alone(() => Promise.reject(new Error("alone")))).rejects.toThrow("alone");
    work.resolve();
    expect((await app.inject("/read")).body).toBe("read");
  });

  it("runs exclusive work one after another", async () => {
    const one = gate.alone(async () => {
      log.push("one");
      await work.promise;
      log.push("one is done");
    });
    const two = gate.alone(async () => void log.push("two"));
    await app.inject("/nowhere");
    work.resolve();
    await Promise.all([one, two]);
    expect(log).toEqual(["one", "one is done", "two"]);
  });
});
