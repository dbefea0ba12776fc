import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionWith, createConnection } from "../../src/connection/connection.ts";
import { createProfiles, type Profiles } from "../../src/profiles/profiles.ts";
import type { Fetch } from "../../src/transports/fetch.ts";
import { recordingServer } from "../recording-server.ts";
import { fakeEnvironment } from "../resilience/fake-environment.ts";
import { endAfter, stopTimers } from "../resilience/stopped-timers.ts";
import { sandboxStore } from "./sandbox-store.ts";

const storeId = "mem_store_00000000000000000000000000";
const idOf = (index: number) => `mem_profile_0000000000000000000000000${index}` as const;
const [canonical, merged, absent] = [idOf(1), idOf(2), idOf(9)];
const traits = { Contact: { email: "ada.reyes@example.com", phone: "+14155550123" } };

describe("a profile that was merged into another", () => {
  let store: Awaited<ReturnType<typeof sandboxStore>>;
  const profiles = () => createProfiles(store.connection, storeId);

  beforeAll(async () => {
    store = await sandboxStore();
  });
  afterAll(() => store.sandbox.close());
  beforeEach(async () => {
    await store.sandbox.reset();
    await store.sandbox.seed({ profiles: [{ id: canonical, traits, mergedIds: [merged] }] });
  });

  it("is fetched by either ID, and movedFrom is the ID of the merged profile", async () => {
    const moved = await profiles().fetch(merged);
    expect(moved).toMatchObject({ id: canonical, movedFrom: merged, traits });
    const found = await profiles().fetch(canonical);
    expect(found).toMatchObject({ id: canonical, traits });
    expect(found).not.toHaveProperty("movedFrom");
  });

  it("is fetched with the requested trait groups", async () => {
    expect((await profiles().fetch(merged, { traitGroups: ["Contact", "Nothing"] })).traits).toEqual(traits);
    expect((await profiles().fetch(merged, { traitGroups: ["Nothing"] })).traits).toEqual({});
    const paths = store.sandbox.requests.exchanges().map(({ path }) => path);
    expect(paths[1]).toMatch(new RegExp(`${canonical}\\?traitGroups=Contact(,|%2C)Nothing$`));
  });

  it("is neither patched nor deleted without followMoved", async () => {
    const moved = { name: "ProfileMovedError", status: 308, canonicalProfileId: canonical };
    await expect(
      profiles().patch(merged, { traits: { Contact: { city: "Oakland" } } }, { timeout: 9000 }),
    ).rejects.toMatchObject(moved);
    await expect(profiles().delete(merged)).rejects.toMatchObject(moved);
    await expect(profiles().delete(merged, { followMoved: false })).rejects.toMatchObject(moved);
    expect((await profiles().fetch(canonical)).traits).toEqual(traits);
  });

  it("is patched with followMoved", async () => {
    const patch = { traits: { Contact: { city: "Oakland", phone: null } } };
    await profiles().patch(merged, patch, { followMoved: true });
    expect((await profiles().fetch(canonical)).traits).toEqual({
      Contact: { email: "ada.reyes@example.com", city: "Oakland" },
    });
  });

  it("is deleted with followMoved", async () => {
    await profiles().delete(merged, { followMoved: true });
    await expect(profiles().fetch(canonical)).rejects.toMatchObject({ name: "MemoryApiError", status: 404 });
  });

  it("returns the last response from withResponse and safe", async () => {
    expect(await profiles().fetch(merged).withResponse()).toMatchObject({ status: 200, value: { movedFrom: merged } });
    expect(await profiles().fetch(absent).safe()).toMatchObject({ ok: false, status: 404 });
    expect(await profiles().delete(merged).safe()).toMatchObject({ ok: false, status: 308 });
    const followMoved = true;
    expect(await profiles().delete(absent, { followMoved }).safe()).toMatchObject({ ok: false, status: 404 });
    expect(await profiles().patch(absent, { traits: {} }, { followMoved }).safe()).toMatchObject({ status: 404 });
    expect(await profiles().create({ traits: {} }).safe()).toMatchObject({ ok: false, status: 400 });
  });
});

describe("a redirect", () => {
  let server: Awaited<ReturnType<typeof recordingServer>>;
  let elsewhere: Awaited<ReturnType<typeof recordingServer>>;
  const profiles = () => {
    const credentials = { apiKey: "key", apiSecret: "secret" };
    return createProfiles(createConnection({ baseUrl: server.url, credentials }), storeId);
  };
  const movedTo = (index: number, status = 301) => ({
    status,
    headers: { location: `${elsewhere.url}/v1/Stores/x`, "canonical-profile-id": idOf(index) },
    body: { message: "merged", uri: `${elsewhere.url}/v1/Stores/x` },
  });
  const found = { status: 200, body: { id: idOf(2), createdAt: "2026-01-01T00:00:00Z", traits: {} } };

  beforeAll(async () => {
    server = await recordingServer();
    elsewhere = await recordingServer();
  });
  afterAll(() => Promise.all([server.close(), elsewhere.close()]));
  afterEach(() => {
    expect(elsewhere.requests).toEqual([]);
    server.requests.length = 0;
  });

  it("is followed by its ID and our base URL, regardless of its Location", async () => {
    server.respondWith(movedTo(2), found);
    expect(await profiles().fetch(idOf(1))).toMatchObject({ id: idOf(2), movedFrom: idOf(1) });
    expect(server.requests.map(({ url }) => url)).toEqual(
      [1, 2].map((index) => `/v1/Stores/${storeId}/Profiles/${idOf(index)}`),
    );
    expect(server.requests[1]?.headers.authorization).toBe(server.requests[0]?.headers.authorization);
  });

  it("keeps the method and the body of a patch", async () => {
    server.respondWith(movedTo(2, 308), { status: 202, body: { message: "ok" } });
    await profiles().patch(idOf(1), { traits: { Contact: { city: "Oakland" } } }, { followMoved: true });
    const [first, second] = server.requests;
    expect([second?.method, second?.body]).toEqual(["PATCH", first?.body]);
  });

  it("that forms a loop rejects with a ProfileMovedError", async () => {
    server.respondWith(movedTo(2), movedTo(3), movedTo(1));
    await expect(profiles().fetch(idOf(1))).rejects.toMatchObject({
      name: "ProfileMovedError",
      canonicalProfileId: idOf(1),
    });
    expect(server.requests).toHaveLength(3);
  });

  it("is followed at most five times", async () => {
    server.respondWith(...[2, 3, 4, 5, 6, 7].map((index) => movedTo(index)));
    await expect(profiles().fetch(idOf(1))).rejects.toMatchObject({ canonicalProfileId: idOf(7) });
    expect(server.requests).toHaveLength(6);
  });

  it("without a canonical ID is not followed", async () => {
    server.respondWith({ ...movedTo(2), headers: { location: `${elsewhere.url}/` } });
    await expect(profiles().fetch(idOf(1))).rejects.toMatchObject({ name: "MemoryApiError", status: 301 });
  });
});

describe("the deadline", () => {
  /** The profiles of a service that takes `ms` for each response. */
  function slowService(ms: number, respond: (request: number, method: string) => Response) {
    const machine = fakeEnvironment();
    let requests = 0;
    const fetch: Fetch = async (_, { method }) => {
      await machine.sleep(ms);
      return respond(++requests, method);
    };
    const connection = connectionWith(machine, { credentials: { apiKey: "key", apiSecret: "secret" }, fetch });
    return { profiles: createProfiles(connection, storeId), requests: () => requests };
  }
  const moved = (request: number, method: string) =>
    Response.json({}, { status: method === "GET" ? 301 : 308, headers: { "canonical-profile-id": idOf(request) } });
  const notFound = () => Response.json({ message: "Not found" }, { status: 404 });
  const tooMany = () => new Response("{}", { status: 429, headers: { "retry-after": "6" } });

  type Call = (profiles: Profiles, deadline: number) => Promise<unknown>;
  const calls: [string, Call][] = [
    ["fetchProfile", (profiles, deadline) => profiles.fetch(absent, { deadline })],
    [
      "patchProfileTraits",
      (profiles, deadline) => profiles.patch(absent, { traits: {} }, { followMoved: true, deadline }),
    ],
    ["deleteProfile", (profiles, deadline) => profiles.delete(absent, { followMoved: true, deadline })],
  ];

  it.each(calls)("of %s covers all redirects together", async (operationId, call) => {
    const { profiles, requests } = slowService(400, moved);
    await expect(call(profiles, 1000)).rejects.toMatchObject({
      name: "TimeLimitError",
      operationId,
      limit: "deadline",
      ms: 1000,
      attempts: 3,
    });
    expect(requests()).toBe(3);
  });

  it.each(calls)("of %s leaves the next request only the remaining time", async (_, call) => {
    const { profiles, requests } = slowService(5000, (request, method) =>
      request === 1 ? moved(request, method) : tooMany(),
    );
    // Of 15 s, 5 s are left after the second response: less than its pause of 6 s.
    await expect(call(profiles, 15_000)).rejects.toMatchObject({ name: "MemoryApiError", status: 429, attempts: 1 });
    expect(requests()).toBe(2);
  });

  it("ends a request after a redirect, and the error has the whole deadline and all attempts", async () => {
    stopTimers();
    let requests = 0;
    const fetch: Fetch = async (_, { method }) => (++requests === 1 ? moved(1, method) : new Promise(() => {}));
    const call = createProfiles(createConnection({ credentials: false, fetch }), storeId).fetch(absent, {
      deadline: 60_000,
      timeout: 120_000,
    });
    await expect.poll(() => requests).toBe(2);
    expect(await endAfter(60_000, call)).toMatchObject({ limit: "deadline", ms: 60_000, attempts: 2 });
  });

  it("is not confused with the timeout of an attempt", async () => {
    const fetch: Fetch = () => new Promise(() => {});
    const connection = createConnection({ credentials: false, fetch, retry: false });
    const late = createProfiles(connection, storeId).fetch(absent, { timeout: 50 });
    await expect(late).rejects.toMatchObject({ name: "TimeLimitError", limit: "attempt", ms: 50, attempts: 1 });
  });

  it("of waitFor covers all redirects together", async () => {
    const { profiles, requests } = slowService(400, moved);
    await expect(profiles.waitFor(absent, { deadline: 1000 })).rejects.toMatchObject({
      name: "TimeLimitError",
      ms: 1000,
    });
    expect(requests()).toBe(3);
  });

  it("of waitFor leaves the next request only the remaining time", async () => {
    const { profiles, requests } = slowService(5000, (request) => (request === 1 ? notFound() : tooMany()));
    await expect(profiles.waitFor(absent, { deadline: 15_000 })).rejects.toMatchObject({ status: 429, attempts: 1 });
    expect(requests()).toBe(2);
  });
});
