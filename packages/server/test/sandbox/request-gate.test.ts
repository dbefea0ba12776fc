import { once } from "node:events";
import { connect } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Gate } from "../../src/sandbox/gate.ts";
import { requestGate } from "../../src/sandbox/request-gate.ts";

describe("the gate of a sandbox", () => {
  let app: FastifyInstance;
  let gate: Gate;
  let log: string[];
  let work: PromiseWithResolvers<void>;
  let begun: PromiseWithResolvers<void>;

  beforeEach(async () => {
    log = [];
    work = Promise.withResolvers();
    begun = Promise.withResolvers();
    gate = new Gate();
    app = Fastify();
    await app.register(requestGate(gate));
    app.get("/operation", { config: { operationId: "listProfiles" } }, async (_request, reply) => {
      log.push("begun");
      begun.resolve();
      await work.promise;
      log.push("done");
      return reply.send("answer");
    });
    app.get("/control", async () => {
      await gate.alone(async () => void log.push("alone"));
      return "control";
    });
  });
  afterEach(() => app.close());

  it("waits for operations that are under way, and holds those that come", async () => {
    const first = app.inject("/operation");
    await begun.promise;
    const control = app.inject("/control");
    await app.inject("/nowhere");
    const second = app.inject("/operation");
    await app.inject("/nowhere");
    expect(log).toEqual(["begun"]);
    work.resolve();
    const answers = await Promise.all([first, control, second]);
    expect(answers.map(({ body }) => body)).toEqual(["answer", "control", "answer"]);
    expect(log).toEqual(["begun", "done", "alone", "begun", "done"]);
  });

  it("waits for the work of a caller who is gone, and no longer", async () => {
    const { port } = new URL(await app.listen({ port: 0, host: "127.0.0.1" }));
    const socket = connect(Number(port), "127.0.0.1");
    socket.write("GET /operation HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await begun.promise;
    socket.destroy();
    await once(socket, "close");
    const control = app.inject("/control");
    await app.inject("/nowhere");
    expect(log).toEqual(["begun"]);
    work.resolve();
    expect((await control).body).toBe("control");
    expect(log).toEqual(["begun", "done", "alone"]);
  });

  it("opens again after what failed, on either side of it", async () => {
    await expect(gate.pass(() => Promise.reject(new Error("passed")))).rejects.toThrow("passed");
    await expect(gate.alone(() => Promise.reject(new Error("alone")))).rejects.toThrow("alone");
    work.resolve();
    expect((await app.inject("/operation")).body).toBe("answer");
  });

  it("lets one be alone after the other", async () => {
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
