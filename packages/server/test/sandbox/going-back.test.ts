import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/create-sandbox.ts";
import { callOf, createImport, importFile, person } from "./call-sandbox.ts";
import { tour } from "./tour.ts";

describe("a sandbox goes back", () => {
  it("to its beginning, IDs and clock, faults and log too", async () => {
    await using sandbox = await createSandbox({ rateLimits: { write: { perSecond: 1, burst: 50 } } });
    const call = callOf(sandbox);
    const first = await tour(sandbox);
    await sandbox.consistency.set({ mode: "manual" });
    sandbox.faults.setPlan([{ fault: { kind: "reset" } }]);
    sandbox.clock.resume();
    await sandbox.reset();
    expect(await sandbox.consistency.state()).toEqual({ mode: "immediate", pending: 0 });
    expect([sandbox.faults.plan(), sandbox.requests.exchanges(), sandbox.clock.isFrozen]).toEqual([[], [], true]);
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
    await sandbox.reset();
    expect(await tour(sandbox)).toEqual(first);
  });

  it("to a moment, and goes on from there as it did before", async () => {
    await using sandbox = await createSandbox({ rateLimits: { import: { perSecond: 0.001, burst: 1 } } });
    const call = callOf(sandbox);
    await call("POST", "", person("before@example.com"));
    await sandbox.consistency.set({ mode: "delayed", ms: 5000 });
    await call("POST", "", person("hidden@example.com"));
    const moment = structuredClone(await sandbox.snapshot());

    const first = await tour(sandbox);
    await sandbox.clock.advance(100_000);
    await sandbox.restore(moment);
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
    expect(await sandbox.consistency.state()).toMatchObject({ pending: 1 });
    await sandbox.restore(moment);
    expect(await tour(sandbox)).toEqual(first);
  });

  it("with the file of an import that was under way", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const { importId } = await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
    const moment = await sandbox.snapshot();
    await sandbox.restore(moment);
    expect((await call("GET", `Imports/${importId}`)).body["status"]).toBe("COMPLETED");
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
  });
});

describe("a reset among requests", () => {
  it("leaves nothing behind of those that came before it, and gives those after it the IDs of the beginning", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const first = (await call("POST", "", person("first@example.com"))).body["id"];
    await sandbox.reset();
    const { promise: rest, resolve: send } = Promise.withResolvers<void>();
    const { importId, url } = await createImport(sandbox, 6);
    async function* body() {
      yield Buffer.from("email\n");
      await rest;
    }
    const upload = sandbox.fetch(url, {
      method: "PUT",
      headers: { "Content-Type": "text/csv", "Content-Length": "6" },
      body: ReadableStream.from(body()),
      duplex: "half",
    });
    await call("GET", `Imports/${importId}`);
    const reset = sandbox.reset();
    const created = call("POST", "", person("second@example.com"));
    send();
    expect((await upload).status).toBe(200);
    await reset;
    expect([(await created).status, (await created).body["id"]]).toEqual([202, first]);
    expect((await call("GET", "Imports")).body["imports"]).toEqual([]);
    expect((await call("GET", "")).body["profiles"]).toEqual([first]);
  });
});
