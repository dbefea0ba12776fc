import { hash } from "node:crypto";
import { once } from "node:events";
import { describe, expect, it } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";
import { authorization, connectTo, head, responsesIn, untilClosed } from "../security/raw-connection.ts";
import { startWholeServer, type WholeServer } from "../security/whole-server.ts";
import { createImport, importsOf, profilesOf, uploadOf } from "../support/requests.ts";
import type { Request } from "../support/send-request.ts";
import { foreignStoreId, logins, otherStoreId, storeId } from "../support/settings-for-tests.ts";

const list = (store: string) => ({ method: "GET", target: profilesOf(store) });
const createWith = (traits: object) => ({
  method: "POST",
  target: profilesOf(storeId),
  body: { traits: { Contact: traits } },
});
const ada = createWith({ email: "ada@example.com", city: "Oakland" });
const without = <Value>(map: ReadonlyMap<string, Value>, key: string) =>
  new Map([...map].filter(([name]) => name !== key));

function reload(server: WholeServer, changes: Partial<Settings>): void {
  server.reload(() => ({ ...server.settings, ...changes }));
}

/** The log lines of reloads. */
function reloadsOf({ log }: WholeServer): Record<string, unknown>[] {
  return log.map((line) => JSON.parse(line)).filter(({ msg }) => /^configuration/.test(msg));
}

async function metricsOf({ url }: WholeServer): Promise<string[]> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text.split("\n").filter((line) => line.startsWith("memory_configuration"));
}

/** The rules of the default store, with other traits. */
function storesWith(server: WholeServer, traits: readonly string[]): Settings["stores"] {
  const store = server.settings.stores.get(storeId);
  if (store === undefined) throw new Error("The store is missing.");
  const contact = [...(store.rules.traitGroups.get("Contact") ?? [])].filter(([name]) => traits.includes(name));
  const rules = { ...store.rules, traitGroups: new Map([["Contact", new Map(contact)]]) };
  return new Map([...server.settings.stores, [storeId, { ...store, rules }]]);
}

/**
 * Starts a request whose body has not arrived, and returns once the server has begun with it.
 *
 * @returns a function that sends the body, and returns the status
 */
async function started(
  server: WholeServer,
  { method, target, headers = {}, body }: Request,
): Promise<() => Promise<number>> {
  const socket = await connectTo(server.url);
  const bytes = body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
  const all = { "content-type": "application/json", "content-length": String(bytes.length), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.write(head(method, target, "Host: x", authorization, "Expect: 100-continue", "Connection: close", ...lines));
  const [first] = await once(socket, "data");
  expect(String(first)).toBe("HTTP/1.1 100 Continue\r\n\r\n");
  return async () => {
    socket.write(bytes);
    const [response] = responsesIn(await untilClosed(socket));
    return response?.status ?? 0;
  };
}

describe("a reload", () => {
  it("accepts a new credential and the old one, and then only the new one", async () => {
    const server = await startWholeServer();
    const { credentials } = server.settings;
    const fresh = ["SK-new", "canary-0a000000-0004 of the new key"] as const;
    const owner = credentials.get(logins.owner[0]) ?? expect.fail("The credential is missing.");
    const added = { ...owner, secretSha256: hash("sha256", fresh[1], "buffer") };
    expect(await server.send({ ...list(storeId), as: fresh })).toMatchObject({ status: 401 });
    reload(server, { credentials: new Map([...credentials, [fresh[0], added]]) });
    for (const as of [logins.owner, fresh])
      expect(await server.send({ ...list(storeId), as })).toMatchObject({ status: 200 });
    reload(server, { credentials: new Map([...without(credentials, logins.owner[0]), [fresh[0], added]]) });
    expect(await server.send(list(storeId))).toMatchObject({ status: 401 });
    expect(await server.send({ ...list(storeId), as: fresh })).toMatchObject({ status: 200 });
    expect(reloadsOf(server)).toMatchObject([{ changed: ["accounts"] }, { changed: ["accounts"] }]);
  });

  it("adds and removes stores and traits", async () => {
    const server = await startWholeServer();
    reload(server, { stores: without(server.settings.stores, otherStoreId) });
    expect(await server.send(list(otherStoreId))).toMatchObject({ status: 404, body: { code: 520041 } });
    reload(server, {});
    expect(await server.send(list(otherStoreId))).toMatchObject({ status: 200 });

    reload(server, { stores: storesWith(server, ["email"]) });
    expect(await server.send(ada)).toMatchObject({ status: 400, body: { code: 520047 } });
    reload(server, { stores: storesWith(server, ["email", "city"]) });
    expect(await server.send(ada)).toMatchObject({ status: 202 });
  });

  it("does not change a request that has started", async () => {
    const server = await startWholeServer();
    const end = await started(server, ada);
    const { credentials, stores } = server.settings;
    reload(server, { credentials: without(credentials, logins.owner[0]), stores: without(stores, storeId) });
    expect(await server.send(list(storeId))).toMatchObject({ status: 401 });
    expect(await end()).toBe(202);
  });

  it("lets no request see the accounts of one configuration with the stores of another", async () => {
    const server = await startWholeServer();
    const { credentials, stores } = server.settings;
    const [owner, stranger] = [stores.get(storeId), stores.get(foreignStoreId)];
    if (owner === undefined || stranger === undefined) throw new Error("A store is missing.");
    // The credential and the store move to another account. With either of them alone, the response is 403.
    const moved: Partial<Settings> = {
      credentials: new Map(
        [...credentials].map(([name, each]) => [name, { ...each, accountSid: stranger.accountSid }]),
      ),
      stores: new Map([[storeId, { ...owner, accountSid: stranger.accountSid }]]),
    };
    let isDone = false;
    const statuses = new Set<number>();
    const clients = Array.from({ length: 8 }, async () => {
      while (!isDone) statuses.add((await server.send(list(storeId))).status);
    });
    for (let reloads = 0; reloads < 100; reloads++) {
      reload(server, reloads % 2 === 0 ? moved : {});
      await server.send(list(storeId));
    }
    isDone = true;
    await Promise.all(clients);
    expect(statuses).toEqual(new Set([200]));
  });

  it("replaces the signing keys, of which every one is accepted", async () => {
    const server = await startWholeServer();
    const [oldKey] = server.settings.signingKeys;
    const newKey = { id: "new", secret: new Uint8Array(32).fill(9) };
    const created = await createImport(server);
    reload(server, { signingKeys: [newKey, oldKey] });
    const createdLater = await createImport(server);
    expect(createdLater.url).toContain("token=new.");
    expect(await server.send(uploadOf(created))).toMatchObject({ status: 200 });
    const unused = await createImport(server);
    reload(server, { signingKeys: [oldKey] });
    expect(await server.send(uploadOf(unused))).toMatchObject({ status: 403 });
    reload(server, { signingKeys: [newKey] });
    expect(await server.send(uploadOf(createdLater))).toMatchObject({ status: 200 });
  });

  it("replaces rate limits, against which the requests before it count", async () => {
    const read = { perSecond: 0.001, burst: 3 };
    const server = await startWholeServer({ rateLimits: { read } });
    for (let sent = 0; sent < 3; sent++) expect(await server.send(list(storeId))).toMatchObject({ status: 200 });
    reload(server, { logLevel: "info" });
    expect(await server.send(list(storeId)), "the same limit").toMatchObject({ status: 429 });
    reload(server, { rateLimits: { read: { ...read, burst: 5 } } });
    for (let sent = 0; sent < 2; sent++) expect(await server.send(list(storeId))).toMatchObject({ status: 200 });
    expect(await server.send(list(storeId)), "a larger burst").toMatchObject({ status: 429 });
    reload(server, { rateLimits: {} });
    expect(await server.send(list(storeId)), "no limit").toMatchObject({ status: 200 });
  });

  it("counts the requests under way against a new limit of an account", async () => {
    const server = await startWholeServer();
    const end = await started(server, ada);
    reload(server, { limits: { requestsPerAccount: 1 } });
    expect(await server.send(list(storeId))).toMatchObject({ status: 429 });
    expect(await end()).toBe(202);
    expect(await server.send(list(storeId))).toMatchObject({ status: 200 });
  });

  it("changes the limits of connections", async () => {
    const server = await startWholeServer();
    reload(server, { limits: { connectionsPerAddress: 1 } });
    const end = await started(server, ada);
    await expect(fetch(server.url)).rejects.toThrow("fetch failed");
    reload(server, { limits: { connections: 1 } });
    await expect(fetch(server.url)).rejects.toThrow("fetch failed");
    reload(server, {});
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    expect(await end()).toBe(202);
  });

  it("changes the level of the log", async () => {
    const server = await startWholeServer({ logLevel: "warn" });
    await server.send(list(storeId));
    expect(server.log).toEqual([]);
    reload(server, { logLevel: "info" });
    await server.send(list(storeId));
    await expect.poll(() => server.log.map((line) => JSON.parse(line).msg)).toContain("request completed");
  });

  it("is refused as a whole if a setting needs a restart, and counted", async () => {
    const server = await startWholeServer();
    expect(await metricsOf(server)).toEqual([
      'memory_configuration_reloads_total{result="applied"} 0',
      'memory_configuration_reloads_total{result="refused"} 0',
      "memory_configuration_last_reload_successful 1",
    ]);
    const databaseUrl = "postgres://user:canary-0a000000-0005@127.0.0.1/name";
    reload(server, { port: 1, databaseUrl, stores: without(server.settings.stores, storeId) });
    expect(await server.send(list(storeId))).toMatchObject({ status: 200 });
    const reason = expect.stringContaining("restart the server");
    const mistakes = ["/port", "/databaseUrl"].map((path) => ({ path, reason }));
    expect(reloadsOf(server)).toEqual([expect.objectContaining({ msg: "configuration refused", mistakes })]);
    expect(server.log.join()).not.toContain("canary-0a000000-0005");
    expect(await metricsOf(server)).toEqual([
      'memory_configuration_reloads_total{result="applied"} 0',
      'memory_configuration_reloads_total{result="refused"} 1',
      "memory_configuration_last_reload_successful 0",
    ]);
    reload(server, {});
    expect((await metricsOf(server)).slice(-1)).toEqual(["memory_configuration_last_reload_successful 1"]);
  });

  it("is refused if the settings cannot be read, without the message of the error", async () => {
    const server = await startWholeServer();
    server.reload(() => {
      throw Object.assign(new Error("canary-0a000000-0006"), { code: "EACCES" });
    });
    expect(reloadsOf(server)).toMatchObject([
      { msg: "configuration refused", error: { name: "Error", code: "EACCES" } },
    ]);
    expect(server.log.join()).not.toContain("canary-0a000000-0006");
  });

  it("rejects the upload for an import of a store that it removed, and accepts it when the store is there again", async () => {
    const server = await startWholeServer();
    const created = await createImport(server);
    reload(server, { stores: without(server.settings.stores, storeId) });
    expect(await server.send(uploadOf(created))).toMatchObject({ status: 404, body: { code: 20404 } });
    reload(server, {});
    expect(await server.send(uploadOf(created))).toMatchObject({ status: 200 });
  });

  it("runs the imports of a store that it adds again at once", async () => {
    const server = await startWholeServer({ imports: { leaseMs: 60_000, pollMs: 3_600_000 } });
    const created = await createImport(server);
    const end = await started(server, uploadOf(created));
    reload(server, { stores: without(server.settings.stores, storeId) });
    expect(await end()).toBe(200);
    reload(server, {});
    const status = async () =>
      Object((await server.send({ method: "GET", target: `${importsOf(storeId)}/${created.importId}` })).body).status;
    await expect.poll(status).toBe("COMPLETED");
  });
});
