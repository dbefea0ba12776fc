import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { runInNewContext } from "node:vm";
import * as undici from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createConnection } from "../../src/connection/connection.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import { uploadImportFile } from "../../src/operations/upload-import-file.ts";
import { platformTransport } from "../../src/transports/platform-fetch.ts";
import { webFetch, webTransport } from "../../src/transports/web-fetch.ts";
import { recordingServer } from "../recording-server.ts";
import { credentials, path } from "./example-call.ts";
import { init } from "./init.ts";

const { Agent, getGlobalDispatcher, interceptors, MockAgent, Pool, setGlobalDispatcher } = undici;

const profile = { id: path.profileId, createdAt: "", traits: {} };

/** Channels on which Node.js publishes the requests of each of its clients. */
const channels = { "node:http": "http.client.request.start", fetch: "undici:request:create" };

let used: string[];
const subscribers = Object.entries(channels).map(([name, channel]) => ({
  channel,
  listen: () => void used.push(name),
}));
beforeEach(() => {
  used = [];
  for (const { channel, listen } of subscribers) subscribe(channel, listen);
});
afterEach(() => {
  for (const { channel, listen } of subscribers) unsubscribe(channel, listen);
});

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
  server.respondWith({ status: 200, body: profile });
});
afterAll(() => server.close());

const call = () => fetchProfile(createConnection({ baseUrl: server.url, credentials }), { path });

/** Has the name of the wrapper that undici 8 sets as the dispatcher for older versions. */
class Dispatcher1Wrapper extends Agent {}

/** A subclass with the name of its base class, such as one that adds a client certificate. */
const SameName = { Agent: class Agent extends undici.Agent {} };

/** Sets the dispatcher of `fetch` until the test ends. */
function setDispatcher(dispatcher: undici.Dispatcher): void {
  const before = getGlobalDispatcher();
  setGlobalDispatcher(dispatcher);
  onTestFinished(async () => {
    setGlobalDispatcher(before);
    await dispatcher.close();
  });
}

/** Changes one of the two places in which `fetch` looks for its dispatcher, until the test ends. */
function put(place: number, dispatcher: undici.Dispatcher | undefined): void {
  const key = Symbol.for(`undici.globalDispatcher.${place}`);
  const before: unknown = Reflect.get(globalThis, key);
  Reflect.set(globalThis, key, dispatcher);
  onTestFinished(() => void Reflect.set(globalThis, key, before));
}

describe("a client without a transport option", () => {
  it("sends with node:http, before and after a call of fetch", async () => {
    await call();
    await (await fetch(server.url)).text();
    await call();
    expect(used).toEqual(["node:http", "fetch", "node:http"]);
  });

  it("sends with node:http if the package undici has set a default dispatcher", async () => {
    setDispatcher(new Agent());
    await expect(call()).resolves.toEqual(profile);
    expect(used).toEqual(["node:http"]);
  });

  it("sends with a replaced globalThis.fetch until it is restored", async () => {
    const other = vi.fn(fetch);
    vi.stubGlobal("fetch", other);
    onTestFinished(() => void vi.unstubAllGlobals());
    await call();
    expect(other).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
    await call();
    expect(other).toHaveBeenCalledOnce();
    expect(used).toEqual(["fetch", "node:http"]);
  });

  it("sends with node:http if neither place has a dispatcher", async () => {
    setDispatcher(new Agent());
    for (const place of [1, 2]) put(place, undefined);
    await expect(call()).resolves.toEqual(profile);
    expect(used).toEqual(["node:http"]);
  });

  it("sends with node:http if the first place wraps the second one", async () => {
    setDispatcher(new Agent());
    put(1, new Dispatcher1Wrapper());
    await expect(call()).resolves.toEqual(profile);
    expect(used).toEqual(["node:http"]);
  });

  it("sends with a fetch of another realm, whose dispatcher is unknown", async () => {
    const realm = runInNewContext(
      "(send) => function fetch(url, init) { /* internal/deps/undici */ return send(url, init); }",
    );
    vi.stubGlobal("fetch", realm(fetch));
    onTestFinished(() => void vi.unstubAllGlobals());
    await call();
    expect(used).toEqual(["fetch"]);
  });

  it("sends with a dispatcher that is not an instance of a class", async () => {
    const agent = new Agent();
    const dispatch = agent.dispatch.bind(agent);
    setDispatcher(Object.assign(Object.create(null), { dispatch, close: () => agent.close() }));
    await expect(call()).resolves.toEqual(profile);
    expect(used).toEqual(["fetch"]);
  });

  it.each([
    ["with options", () => new Agent({ connect: { timeout: 1000 } })],
    ["with a limit", () => new Agent({ connections: 1 })],
    ["with a factory", () => new Agent({ factory: (origin, options) => new Pool(origin, options) })],
    [
      "with a factory of the default name",
      () =>
        new Agent({
          factory: function defaultFactory(origin, options) {
            return new Pool(origin, options);
          },
        }),
    ],
    ["of a subclass of the same name", () => new SameName.Agent()],
    ["composed with something", () => new Agent().compose(interceptors.retry())],
    ["that wraps another one, in both places", () => new Dispatcher1Wrapper()],
  ])("sends with a dispatcher that replaces that of Node.js: one %s", async (_, dispatcher) => {
    setDispatcher(dispatcher());
    await expect(call()).resolves.toEqual(profile);
    expect(used).toEqual(["fetch"]);
  });

  it("receives the responses of a MockAgent", async () => {
    const agent = new MockAgent();
    agent.disableNetConnect();
    agent
      .get(server.url)
      .intercept({ path: /Profiles/ })
      .reply(404, { code: 20404, message: "Of the mock.", status: 404 });
    setDispatcher(agent);
    await expect(call()).rejects.toMatchObject({ status: 404, message: expect.stringContaining("Of the mock.") });
  });

  it("sends a file with fetch, as a stream", async () => {
    const connection = createConnection({ baseUrl: server.url, credentials });
    const url = `${server.url}/uploads/mem_import_00000000000000000000000000?token=t`;
    await uploadImportFile(connection, { url, body: new Blob(["email\n"]) });
    expect(used).toEqual(["fetch"]);
  });
});

describe("a client with the option transport", () => {
  it("uses that transport, whatever dispatcher fetch has", async () => {
    const callWith = (transport: "fetch" | "node-http") =>
      fetchProfile(createConnection({ baseUrl: server.url, credentials, transport }), { path });
    await callWith("fetch");
    setDispatcher(new Agent({ connections: 1 }));
    await callWith("node-http");
    expect(used).toEqual(["fetch", "node:http"]);
  });
});

const unsupported = expect.objectContaining({
  name: "InvalidParameterError",
  parameter: "transport",
  message: 'transport: is "node-http", which needs Node.js 20.16 or later, and a bundle for Node.js',
});

describe("a runtime without node:http", () => {
  /** Runs synchronous code without the global `process`, or with another one. */
  function withProcess<Value>(process: unknown, run: () => Value): Value {
    vi.stubGlobal("process", process);
    try {
      return run();
    } finally {
      vi.unstubAllGlobals();
    }
  }

  it.each([
    ["has no process", undefined],
    ["has a process that is not that of Node.js", { env: {} }],
  ])("uses fetch if it %s", (_, process) => {
    for (const transport of [undefined, "auto", "fetch"] as const) {
      expect(withProcess(process, () => platformTransport(transport))).toBe(webFetch);
    }
    expect(() => withProcess(process, () => platformTransport("node-http"))).toThrow(unsupported);
  });
});

describe("the transport of bundles for other platforms", () => {
  it("is fetch, and there is no other", () => {
    for (const transport of [undefined, "auto", "fetch"] as const) expect(webTransport(transport)).toBe(webFetch);
    expect(() => webTransport("node-http")).toThrow(unsupported);
  });

  it("sends no credentials of the browser, which would ask the user for a password", async () => {
    const send = vi.spyOn(globalThis, "fetch");
    onTestFinished(() => send.mockRestore());
    await webFetch(server.url, init({ headers: { "X-One": "1" } }));
    expect(send).toHaveBeenCalledWith(server.url, expect.objectContaining({ credentials: "omit" }));
    expect(server.requests.at(-1)?.headers).toMatchObject({ "x-one": "1" });
  });
});
