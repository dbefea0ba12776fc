import { setImmediate, setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import type { Settings, Timeouts } from "../../src/configuration/settings.ts";
import type { TraitDefinition } from "../../src/domain/stores/store-rules.ts";
import { startApi } from "../support/api-server.ts";
import { createImport, profileOf, profilesOf, uploadOf } from "../support/requests.ts";
import { withHeaders } from "../support/send-request.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { fetchImport } from "./fetch-import.ts";
import { authorization, connectTo, exchange, head, responsesIn, untilClosed } from "./raw-connection.ts";
import { startWholeServer } from "./whole-server.ts";

const target = profilesOf(storeId);
const list = { method: "GET", target };
const once = { perSecond: 1 / 3600, burst: 1 };

describe("API4:2023 Unrestricted resource consumption", () => {
  describe("by many requests of one address", () => {
    const from = (addresses: string) => withHeaders(list, { "x-forwarded-for": addresses });
    const statuses = async (settings: Partial<Settings>, requests: readonly string[]) => {
      const api = await startApi({ rateLimits: { address: once }, ...settings });
      const seen = [];
      for (const addresses of requests) seen.push((await api.send(from(addresses))).status);
      return seen;
    };

    it("naming other addresses yields no new allowance", async () => {
      expect(await statuses({}, ["192.0.2.1", "192.0.2.2"])).toEqual([200, 429]);
      expect(await statuses({ trustedProxies: ["10.0.0.0/8"] }, ["192.0.2.1", "192.0.2.2"])).toEqual([200, 429]);
    });

    it("each client of a trusted proxy has an allowance of its own", async () => {
      const proxy = { trustedProxies: ["127.0.0.1"] };
      expect(await statuses(proxy, ["192.0.2.1", "192.0.2.2", "192.0.2.1"])).toEqual([200, 200, 429]);
    });

    it("a port that the proxy forwards does not make another client", async () => {
      const proxy = { trustedProxies: ["127.0.0.1"] };
      expect(await statuses(proxy, ["203.0.113.5:4711", "203.0.113.5:4712", "203.0.113.5"])).toEqual([200, 429, 429]);
      expect(await statuses(proxy, ["[2001:db8::1]:443", "[2001:db8::1]:444"])).toEqual([200, 429]);
    });

    it("an IPv6 client has one allowance for its network of 64 bits", async () => {
      const proxy = { trustedProxies: ["127.0.0.1"] };
      expect(await statuses(proxy, ["2001:db8::1", "2001:db8::2", "2001:db8:0:1::1"])).toEqual([200, 429, 200]);
    });

    it("the proxy itself counts if it forwards something that is not an address", async () => {
      const proxy = { trustedProxies: ["127.0.0.1"] };
      expect(await statuses(proxy, ["unknown", "_hidden"])).toEqual([200, 429]);
    });

    it("addresses that the client sends to its proxy do not count", async () => {
      const proxy = { trustedProxies: ["127.0.0.1", "10.0.0.0/8"] };
      const requests = ["192.0.2.1", "192.0.2.66, 192.0.2.1", "192.0.2.67, 192.0.2.1, 10.0.0.3"];
      expect(await statuses(proxy, requests)).toEqual([200, 429, 429]);
    });
  });

  describe("by slow senders", () => {
    const begin = async (timeouts: Partial<Timeouts>, bytes: string) => {
      const server = await startWholeServer({ timeouts: { ...settingsForTests.timeouts, drainMs: 100, ...timeouts } });
      return { server, received: await exchange(server.url, bytes) };
    };
    const post = ["Host: x", authorization, "Content-Type: application/json", "Content-Length: 100"];

    it("headers that do not end are cut off", async () => {
      const { server, received } = await begin({ headersMs: 100 }, head("GET", target, "Host: x").slice(0, -2));
      expect(responsesIn(received)).toMatchObject([{ status: 400, headers: { connection: "close" } }]);
      expect(await server.send(list)).toMatchObject({ status: 200 });
    });

    it("headers that never pause are cut off too", async () => {
      const server = await startWholeServer({
        timeouts: { ...settingsForTests.timeouts, drainMs: 100, headersMs: 300 },
      });
      const socket = await connectTo(server.url);
      const received = untilClosed(socket);
      socket.write(`GET ${target} HTTP/1.1\r\nX-Note: `);
      // A sender that never pauses for as long as the timeout.
      while (!socket.closed)
        await Promise.race([received, setTimeout(20).then(() => socket.writable && socket.write("a"))]);
      expect(responsesIn(await received)).toMatchObject([{ status: 400 }]);
    });

    it("a silent connection is cut off", async () => {
      expect((await begin({ headersMs: 100, idleMs: 200 }, "")).received).not.toContain("200 OK");
    });

    it("a JSON body that does not end is cut off", async () => {
      const { server, received } = await begin({ bodyMs: 100 }, `${head("POST", target, ...post)}{"traits":`);
      expect(received).toBe("");
      expect(await server.send(list)).toMatchObject({ body: { profiles: [] } });
    });

    it("an upload that pauses is cut off, and may be repeated", async () => {
      const server = await startWholeServer({ timeouts: { ...settingsForTests.timeouts, drainMs: 100, idleMs: 1000 } });
      const created = await createImport(server);
      const upload = uploadOf(created);
      const lines = Object.entries({ host: "x", ...upload.headers }).map((header) => header.join(": "));
      expect(await exchange(server.url, `${head("PUT", upload.target, ...lines)}Email`)).toBe("");
      expect(await fetchImport(server, created)).toMatchObject({ status: "PENDING" });
      expect(await server.send(upload)).toMatchObject({ status: 200 });
    });

    it("they are not logged as failures of the server", async () => {
      const { server } = await begin({ bodyMs: 100 }, `${head("POST", target, ...post)}{"traits":`);
      await server.send(list);
      expect(server.log.filter((line) => !["debug", "info"].includes(JSON.parse(line).level))).toEqual([]);
    });

    it("500 of them do not block others", async () => {
      const server = await startWholeServer();
      for (let count = 0; count < 500; count++) {
        const socket = await connectTo(server.url);
        socket.write(count % 2 === 0 ? head("POST", target, ...post) : head("GET", target).slice(0, -2));
      }
      expect(await server.send(list)).toMatchObject({ status: 200 });
    });
  });

  describe("by values for a pattern", () => {
    // A backtracking engine would need years to find that the value does not match.
    const hostile: Readonly<Record<string, string>> = {
      "^(a+)+$": `${"a".repeat(1000)}!`,
      "^([a-zA-Z]+)*$": `${"a".repeat(1000)}!`,
      "^(a|aa)+$": `${"a".repeat(1000)}!`,
      "^(.*a){20}$": `${"a".repeat(1000)}!`,
      "^(x+x+)+y$": "x".repeat(1000),
      "^(\\w+\\s?)+$": `${"a ".repeat(500)}!`,
    };
    /** Matches, but takes a few milliseconds. */
    const slow = "^(.*a){60}$";
    const notes = [...Object.keys(hostile), slow].map((pattern): [string, TraitDefinition] => {
      return [pattern, { dataType: "STRING", validationRule: { pattern } }];
    });
    const traitGroups = new Map([...DEFAULT_STORE_RULES.traitGroups, ["Notes", new Map(notes)]]);
    const rules = { ...DEFAULT_STORE_RULES, traitGroups };
    const stores: Settings["stores"] = new Map([
      [storeId, { accountSid: "", ...settingsForTests.stores.get(storeId), rules }],
    ]);
    const person = (notes: object) => ({ traits: { Contact: { email: "ada.reyes@example.com" }, Notes: notes } });

    it.each(Object.keys(hostile))("%s rejects a value at once", async (pattern) => {
      const api = await startApi({ stores });
      const response = await api.send({ method: "POST", target, body: person({ [pattern]: hostile[pattern] }) });
      expect(response.body).toMatchObject({ status: 400, message: expect.stringContaining("must match the pattern") });
    });

    it("a batch full of them does not block others for long", async () => {
      const api = await startApi({ stores });
      const profiles = [...Array.from({ length: 200 }, () => person({ [slow]: "a".repeat(1000) })), { traits: {} }];
      const batch = api.send({ method: "PUT", target: profileOf("Bulk"), body: { profiles } });
      const { longest, total } = await turnsUntil(batch);
      expect((await batch).body).toMatchObject({ message: expect.stringMatching(/^\/profiles\/200: /) });
      expect(longest).toBeLessThan(total / 2);
    });
  });
});

/** The time of the longest turn of the event loop until the promise settled, and of all turns. */
async function turnsUntil(promise: Promise<unknown>): Promise<{ longest: number; total: number }> {
  let isSettled = false;
  void promise.finally(() => {
    isSettled = true;
  });
  const begin = performance.now();
  let longest = 0;
  for (let last = begin; !isSettled; ) {
    await setImmediate();
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }
  return { longest, total: performance.now() - begin };
}
