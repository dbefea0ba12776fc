import { describe, expect, it } from "vitest";
import { type ApiServer, startApi } from "../support/api-server.ts";
import { readPage, walk } from "../support/read-page.ts";
import { createImport, createProfile, mergeProfiles, profileOf, profilesOf } from "../support/requests.ts";
import { otherStoreId, storeId } from "../support/settings-for-tests.ts";

const email = (number: number) => ({ email: `person-${number}@example.com` });

/** @returns their IDs, the oldest first */
async function createProfiles(api: ApiServer, count: number): Promise<string[]> {
  const profiles = Array.from({ length: count }, (_, at) => ({ traits: { Contact: email(at) } }));
  await api.send({ method: "PUT", target: profileOf("Bulk"), body: { profiles } });
  return walk(api, { orderBy: "ASC" });
}

const remove = (api: ApiServer, id: string) => api.send({ method: "DELETE", target: profileOf(id) });
const rejection = { status: 400, code: 400, message: expect.stringMatching(/^pageToken: was not issued/) };

describe("a list of profiles", () => {
  it("is in the order of creation, by default the newest first", async () => {
    const api = await startApi();
    const ids: string[] = [];
    for (let at = 0; at < 5; at++) {
      api.time += at % 2;
      ids.push(await createProfile(api, email(at)));
    }
    expect(await walk(api, { orderBy: "ASC" })).toEqual(ids);
    expect(await walk(api, { orderBy: "DESC" })).toEqual(ids.toReversed());
    expect(await walk(api, {})).toEqual(ids.toReversed());
  });

  it("has 50 profiles on a page, or the requested number up to 100, and reports it", async () => {
    const api = await startApi();
    await createProfiles(api, 103);
    expect(await readPage(api)).toMatchObject({ pageSize: 50, profiles: { length: 50 } });
    expect(await readPage(api, { pageSize: "7" })).toMatchObject({ pageSize: 7, profiles: { length: 7 } });
    expect(await readPage(api, { pageSize: "1000" })).toMatchObject({ pageSize: 100, profiles: { length: 100 } });
  });

  it.each([1, 2, 3, 4, 5, 6])("has no page beyond its ends, with pages of %i", async (size) => {
    const api = await startApi();
    const ids = await createProfiles(api, 6);
    const query = { orderBy: "ASC", pageSize: String(size) };
    const first = await readPage(api, query);
    expect(first).not.toHaveProperty("previousToken");
    expect(first.nextToken !== undefined).toBe(size < 6);
    expect(await walk(api, query)).toEqual(ids);
    expect(await walk(api, query, "previousToken")).toEqual(ids.toReversed());
  });

  it("is one empty page in an empty store", async () => {
    const api = await startApi();
    expect(await readPage(api)).toEqual({ profiles: [], key: "profiles", pageSize: 50 });
  });

  it("has neither merged nor deleted profiles", async () => {
    const api = await startApi();
    const { canonical } = await mergeProfiles(api);
    await remove(api, await createProfile(api, email(1)));
    expect(await walk(api, {})).toEqual([canonical]);
  });

  it("leads back to the previous pages", async () => {
    const api = await startApi();
    await createProfiles(api, 7);
    const size = { pageSize: "3" };
    const first = await readPage(api, size);
    const second = await readPage(api, { ...size, pageToken: String(first.nextToken) });
    const back = await readPage(api, { ...size, pageToken: String(second.previousToken) });
    expect(back).toEqual(first);
  });

  it("may continue with pages of another size", async () => {
    const api = await startApi();
    const ids = await createProfiles(api, 7);
    const first = await readPage(api, { orderBy: "ASC", pageSize: "2" });
    const rest = await readPage(api, { orderBy: "ASC", pageSize: "9", pageToken: String(first.nextToken) });
    expect(rest.profiles).toEqual(ids.slice(2));
  });
});

const ways = (["ASC", "DESC"] as const).flatMap((orderBy) =>
  (["nextToken", "previousToken"] as const).map((direction) => ({ orderBy, direction })),
);

describe.each(ways)("paging $orderBy by $direction", ({ orderBy, direction }) => {
  it("neither skips nor repeats a profile, regardless of writes in the meantime", async () => {
    const api = await startApi();
    const existing = await createProfiles(api, 40);
    // Every third is deleted, whether or not it was already read; every fifth merges into the first.
    const isGone = (at: number) => at % 3 === 1 || (at > 0 && at % 5 === 0);
    const write = async () => {
      for (const [at, id] of existing.entries()) {
        await createProfile(api, email(1000 + at));
        if (at % 3 === 1) await remove(api, id);
        if (at % 5 === 0) await createProfile(api, { ...email(at), phone: "+13175551234" });
      }
    };
    const [read] = await Promise.all([walk(api, { orderBy, pageSize: "3" }, direction), write()]);
    expect(new Set(read).size).toBe(read.length);
    const kept = existing.filter((_, at) => !isGone(at));
    expect(read.filter((id) => kept.includes(id)).sort()).toEqual(kept);
    const sorted = read.toSorted();
    const isRising = (orderBy === "ASC") === (direction === "nextToken");
    expect(read).toEqual(isRising ? sorted : sorted.toReversed());
  });

  it("continues where the profiles at the edge of a page were deleted", async () => {
    const api = await startApi();
    const ids = await createProfiles(api, 9);
    let page = await readPage(api, { orderBy, pageSize: "3" });
    if (direction === "previousToken") {
      while (page.nextToken) page = await readPage(api, { orderBy, pageSize: "3", pageToken: page.nextToken });
    }
    for (const id of page.profiles) await remove(api, id);
    const next = await readPage(api, { orderBy, pageSize: "3", pageToken: String(page[direction]) });
    expect(next.profiles.toSorted()).toEqual(ids.slice(3, 6));
  });

  it("comes back from a page that has become empty", async () => {
    const api = await startApi();
    const ids = await createProfiles(api, 4);
    const query = { orderBy, pageSize: "2" };
    let page = await readPage(api, query);
    if (direction === "previousToken") page = await readPage(api, { ...query, pageToken: String(page.nextToken) });
    const pageToken = String(page[direction]);
    for (const id of ids.filter((id) => !page.profiles.includes(id))) await remove(api, id);

    const empty = await readPage(api, { ...query, pageToken });
    expect(empty.profiles).toEqual([]);
    expect(empty[direction]).toBeUndefined();
    const opposite = direction === "nextToken" ? "previousToken" : "nextToken";
    expect((await readPage(api, { ...query, pageToken: String(empty[opposite]) })).profiles).toEqual(page.profiles);
  });
});

describe("a page token", () => {
  const start = async () => {
    const api = await startApi();
    await createProfiles(api, 3);
    const { nextToken } = await readPage(api, { pageSize: "1" });
    return { api, token: String(nextToken) };
  };
  const use = (api: ApiServer, pageToken: string, query = "", store: string = storeId) =>
    api.send({ method: "GET", target: `${profilesOf(store)}?pageToken=${encodeURIComponent(pageToken)}${query}` });

  it("is valid for its own store and order, any number of times", async () => {
    const { api, token } = await start();
    const once = await use(api, token);
    expect(once.status).toBe(200);
    expect((await use(api, token, "&orderBy=DESC")).text).toBe(once.text);
  });

  it("is rejected in another store or order", async () => {
    const { api, token } = await start();
    expect((await use(api, token, "&orderBy=ASC")).body).toMatchObject(rejection);
    expect((await use(api, token, "", otherStoreId)).body).toMatchObject(rejection);
  });

  it("is rejected if any part of it was changed", async () => {
    const { api, token } = await start();
    for (let at = 0; at < token.length; at++) {
      const changed = token.slice(0, at) + (token[at] === "a" ? "b" : "a") + token.slice(at + 1);
      expect((await use(api, changed)).body, changed).toMatchObject(rejection);
    }
    for (const changed of ["", "a", `${token}a`, token.slice(0, -1), ` ${token}`, `${token}=`, token.toUpperCase()]) {
      expect((await use(api, changed)).body, changed).toMatchObject(rejection);
    }
  });

  it("is rejected by a server with another key", async () => {
    const { token } = await start();
    const other = await startApi({ signingKeys: [{ id: "test", secret: new Uint8Array(32).fill(8) }] });
    expect((await use(other, token)).body).toMatchObject(rejection);
  });

  it("is not a token of an upload, nor the other way round", async () => {
    const { api, token } = await start();
    const { importId, url } = await createImport(api);
    expect((await use(api, String(new URL(url).searchParams.get("token")))).body).toMatchObject(rejection);
    const upload = await api.send({ method: "PUT", target: `/uploads/${importId}?token=${token}`, as: "nobody" });
    expect(upload).toMatchObject({ status: 403 });
  });
});
