import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/process/create-sandbox.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { SANDBOX_CREDENTIAL } from "../../src/sandbox/sandbox-settings.ts";
import { callEveryOperation } from "./call-every-operation.ts";
import { callOf, createImport, importFile, person } from "./call-sandbox.ts";
import { serveSandbox } from "./serve-sandbox.ts";

describe("a sandbox", () => {
  it("is reset to its initial state, including IDs, clock, faults and recorded requests", async () => {
    await using sandbox = await createSandbox({ rateLimits: { write: { perSecond: 1, burst: 50 } } });
    const call = callOf(sandbox);
    const first = await callEveryOperation(sandbox);
    await sandbox.consistency.set({ mode: "manual" });
    sandbox.faults.setPlan([{ fault: { kind: "reset" } }]);
    sandbox.clock.resume();
    await sandbox.reset();
    expect(await sandbox.consistency.state()).toEqual({ mode: "immediate", pending: 0 });
    expect([sandbox.faults.plan(), sandbox.requests.exchanges(), sandbox.clock.isFrozen]).toEqual([[], [], true]);
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
    await sandbox.reset();
    expect(await callEveryOperation(sandbox)).toEqual(first);
  });

  it("is restored to a snapshot, and then responds as it did after the snapshot was taken", async () => {
    await using sandbox = await createSandbox({ rateLimits: { import: { perSecond: 0.001, burst: 1 } } });
    const call = callOf(sandbox);
    await call("POST", "", person("before@example.com"));
    await sandbox.consistency.set({ mode: "delayed", ms: 5000 });
    await call("POST", "", person("hidden@example.com"));
    const snapshot = structuredClone(await sandbox.snapshot());

    const first = await callEveryOperation(sandbox);
    await sandbox.clock.advance(100_000);
    await sandbox.restore(snapshot);
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
    expect(await sandbox.consistency.state()).toMatchObject({ pending: 1 });
    await sandbox.restore(snapshot);
    expect(await callEveryOperation(sandbox)).toEqual(first);
  });

  it("ends the imports in progress before it is reset, so that they take no IDs afterwards", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const { body: first } = await call("POST", "", person("ada@example.com"));
    await sandbox.reset();
    const rows = Array.from({ length: 5000 }, (_, at) => `${at}@example.com,Lin`);
    await importFile(sandbox, ["email,firstName", ...rows, ""].join("\n"));
    await sandbox.reset();
    await new Promise((resolve) => setImmediate(resolve));
    expect((await call("POST", "", person("ada@example.com"))).body).toEqual(first);
  });

  it("completes the imports in progress before a snapshot is taken", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const { importId } = await importFile(sandbox, "email,firstName\nlin@example.com,Lin\n");
    const snapshot = await sandbox.snapshot();
    await sandbox.restore(snapshot);
    expect((await call("GET", `Imports/${importId}`)).body["status"]).toBe("COMPLETED");
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
  });
});

type Rows = unknown[][];

/** Returns a table that has at least two rows. */
function tableOf(tables: Record<string, Rows>): { table: string; rows: Rows; first: unknown[]; second: unknown[] } {
  for (const [table, rows] of Object.entries(tables)) {
    const [first, second] = rows;
    if (first && second) return { table, rows, first, second };
  }
  throw new Error("No table has two rows.");
}

const numberIn = (row: unknown[]) => row.findIndex((value) => typeof value === "number");

describe("an invalid snapshot", () => {
  type Json = ReturnType<typeof JSON.parse>;
  const invalid: [string, (snapshot: Json) => unknown, RegExp][] = [
    ["no sources", (snapshot) => delete snapshot.sources, /^\/sources: is missing$/],
    ["no clock", ({ sources }) => delete sources.clock, /^\/sources\/clock: is missing$/],
    [
      "a clock before 1970",
      ({ sources }) => Object.assign(sources.clock, { frozenAt: -1 }),
      /^\/sources\/clock\/frozenAt: must be at least 0$/,
    ],
    [
      "a clock after 2199",
      ({ sources }) => Object.assign(sources.clock, { frozenAt: Date.UTC(2200, 0) }),
      /^\/sources\/clock: must show a time from 1970 to 2199$/,
    ],
    [
      "a running clock after 2199",
      ({ sources }) => Object.assign(sources, { clock: { offset: Date.UTC(2200, 0) } }),
      /^\/sources\/clock: must show a time from 1970 to 2199$/,
    ],
    [
      "an ID whose time does not fit into IDs",
      ({ sources }) => Object.assign(sources.ids, { time: 2 ** 48 }),
      /^\/sources\/ids\/time: must be at most/,
    ],
    [
      "an incomplete random state",
      ({ sources }) => sources.random.pop(),
      /^\/sources\/random: must have at least 4 items$/,
    ],
    [
      "an unknown mode",
      ({ storage }) => Object.assign(storage.consistency, { mode: "x" }),
      /^\/storage\/consistency\/mode: must be one of/,
    ],
    [
      "no replica in a mode that needs one",
      ({ storage }) => delete storage.replica,
      /^\/storage\/replica: must be present in the mode manual$/,
    ],
    [
      "a replica in the mode that has none",
      ({ storage }) => Object.assign(storage, { consistency: { mode: "immediate" } }),
      /^\/storage\/replica: must be absent in the mode immediate$/,
    ],
    [
      "a missing table",
      ({ storage }) => delete storage.primary[tableOf(storage.primary).table],
      /^\/storage\/primary\/\w+: is missing$/,
    ],
    [
      "an unknown table",
      ({ storage }) => Object.assign(storage.primary, { people: [] }),
      /^\/storage\/primary\/people: there is no such table$/,
    ],
    [
      "rows of different lengths",
      ({ storage }) => tableOf(storage.primary).second.pop(),
      /^\/storage\/primary\/\w+\/1: must have \d+ columns, not \d+$/,
    ],
    [
      "rows that are too short",
      ({ storage }) => tableOf(storage.primary).rows.map((row) => row.pop()),
      /^\/storage\/primary\/\w+\/0: must have \d+ columns, not \d+$/,
    ],
    [
      "a Boolean in a row",
      ({ storage }) => tableOf(storage.primary).second.splice(1, 1, true),
      /^\/storage\/primary\/\w+\/1: \w+ must be (a string|an integer)$/,
    ],
    [
      "a value that does not fit its column",
      ({ storage }) => {
        const { second } = tableOf(storage.primary);
        second[numberIn(second)] = "today";
      },
      /^\/storage\/primary\/\w+\/1: \w+ must be an integer$/,
    ],
    [
      "a visible value that does not fit its column",
      ({ storage }) => {
        const { first } = tableOf(storage.replica.visible);
        first[numberIn(first)] = null;
      },
      /^\/storage\/replica\/visible\/\w+\/0: \w+ must be an integer$/,
    ],
    [
      "a pending write to an unknown store",
      ({ storage }) => Object.assign(storage.replica.pending[0], { storeId: "mem_store_1" }),
      /^\/storage\/replica\/pending\/0\/storeId: no such store$/,
    ],
    [
      "a pending write without changes",
      ({ storage }) => delete storage.replica.pending[1].commands[0].changes,
      /^\/storage\/replica\/pending\/1: cannot be restored \(.*\)$/,
    ],
  ];
  it.each(invalid)("with %s is rejected and changes nothing", async (_name, edit, message) => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    for (const name of ["ada", "alan"]) await call("POST", "", person(`${name}@example.com`));
    await sandbox.consistency.set({ mode: "manual" });
    for (const name of ["grace", "lin"]) await call("POST", "", person(`${name}@example.com`));
    const text = JSON.stringify(await sandbox.snapshot());
    const snapshot = JSON.parse(text);
    edit(snapshot);
    await sandbox.consistency.step(1);
    await call("POST", "", person("late@example.com"));
    await sandbox.clock.advance(1000);
    sandbox.faults.setPlan([{ fault: { kind: "reset" } }]);
    const before = await sandbox.snapshot();
    await expect(sandbox.restore(snapshot)).rejects.toThrow(message);
    expect(await sandbox.snapshot()).toEqual(before);
    await sandbox.restore(JSON.parse(text));
    expect(JSON.stringify(await sandbox.snapshot())).toBe(text);
  });

  it("of another type is rejected", async () => {
    await using sandbox = await createSandbox();
    await expect(sandbox.restore(JSON.parse("[]"))).rejects.toThrow("The snapshot: must be an object");
  });
});

/** A body whose end arrives later, or never. */
function bodyInParts(first: string, last: Promise<string>): ReadableStream {
  async function* parts() {
    yield Buffer.from(first);
    yield Buffer.from(await last);
  }
  return ReadableStream.from(parts());
}

const never = new Promise<string>(() => {});

/** Sends requests whose bodies are incomplete. Returns their outcomes: a status, or the code of the cause of a rejection. */
function sendIncomplete(sandbox: Sandbox, url: string, rest: Promise<string>): Promise<unknown>[] {
  const { apiKey, apiSecret } = sandbox.credentials;
  const headers = { Authorization: `Basic ${btoa(`${apiKey}:${apiSecret}`)}`, "Content-Type": "application/json" };
  const create = { method: "POST", headers, body: bodyInParts('{"traits": {"Contact": {"email": ', rest) };
  const upload = {
    method: "PUT",
    headers: { "Content-Type": "text/csv", "Content-Length": "26" },
    body: bodyInParts("email\n", rest),
  };
  const profiles = `${sandbox.url}/v1/Stores/${sandbox.storeId}/Profiles`;
  return [
    sandbox.fetch(profiles, { ...create, duplex: "half" }),
    sandbox.fetch(url, { ...upload, duplex: "half" }),
  ].map((sent) =>
    sent.then(
      ({ status }) => status,
      ({ cause }) => cause.code,
    ),
  );
}

describe("a request whose body is incomplete", () => {
  it("does not block a reset, which breaks its connection", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const first = (await call("POST", "", person("first@example.com"))).body["id"];
    const { importId, url } = await createImport(sandbox, 26);
    const outcomes = sendIncomplete(sandbox, url, never);
    await call("GET", `Imports/${importId}`);
    await sandbox.reset();
    expect(await Promise.all(outcomes)).toEqual(["ECONNRESET", "ECONNRESET"]);
    expect((await call("POST", "", person("second@example.com"))).body["id"]).toBe(first);
    expect((await call("GET", "Imports")).body["imports"]).toEqual([]);
    expect((await call("GET", "")).body["profiles"]).toEqual([first]);
  });

  it("does not block a restore, which breaks its connection and cancels the body", async () => {
    await using sandbox = await createSandbox();
    const snapshot = await sandbox.snapshot();
    const { promise: cancelled, resolve: cancel } = Promise.withResolvers<void>();
    const body = new ReadableStream({ cancel: () => cancel() });
    const { url } = await createImport(sandbox, 26);
    const headers = { "Content-Type": "text/csv", "Content-Length": "26" };
    const upload = sandbox.fetch(url, { method: "PUT", headers, body, duplex: "half" }).catch(({ cause }) => cause);
    await callOf(sandbox)("GET", "");
    await sandbox.restore(snapshot);
    expect(await upload).toMatchObject({ code: "ECONNRESET" });
    await cancelled;
  });

  it("does not block a snapshot or other requests, and takes effect after them", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const { importId, url } = await createImport(sandbox, 26);
    const { promise: rest, resolve: send } = Promise.withResolvers<string>();
    const outcomes = sendIncomplete(sandbox, url, rest);
    await call("GET", "");
    const snapshot = await sandbox.snapshot();
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
    send('"ada@example.com"}}}');
    expect(await Promise.all(outcomes)).toEqual([202, 200]);
    expect((await call("GET", "")).body["profiles"]).toHaveLength(1);
    await sandbox.restore(snapshot);
    expect((await call("GET", `Imports/${importId}`)).body["status"]).toBe("PENDING");
    expect((await call("GET", "")).body["profiles"]).toEqual([]);
  });

  it("does not block a reset of a server, which breaks its connection and logs nothing", async () => {
    const lines: string[] = [];
    await using served = await serveSandbox({ log: { write: (line) => void lines.push(line) } });
    const socket = connect(Number(new URL(served.url).port), "127.0.0.1");
    const failed = once(socket, "error");
    const { apiKey, apiSecret } = SANDBOX_CREDENTIAL;
    socket.write(
      `POST /v1/Stores/mem_store_00000000000000000000000000/Profiles HTTP/1.1\r\nHost: localhost\r\n` +
        `Authorization: Basic ${btoa(`${apiKey}:${apiSecret}`)}\r\nContent-Type: application/json\r\n` +
        `Content-Length: 100\r\nExpect: 100-continue\r\n\r\n{`,
    );
    await once(socket, "data");
    expect((await served.call("POST", "/__sandbox/reset")).status).toBe(204);
    expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
    expect((await served.call("GET", "")).body["profiles"]).toEqual([]);
    expect(lines).toEqual([]);
  });
});
