import type { ProfileId } from "@memory-api/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionWith, createConnection } from "../../src/connection/connection.ts";
import { listProfileIds } from "../../src/profiles/profile-list.ts";
import type { Fetch } from "../../src/transports/fetch.ts";
import { recordingServer } from "../recording-server.ts";
import { sandboxStore } from "./sandbox-store.ts";

const PEOPLE = 250;
const idOf = (index: number) => `mem_profile_0${String(index).padStart(25, "0")}` as const;
const oldestFirst = Array.from({ length: PEOPLE }, (_, index) => idOf(index));
const newestFirst = oldestFirst.toReversed();

let store: Awaited<ReturnType<typeof sandboxStore>>;
const list = (options?: Parameters<typeof listProfileIds>[2]) =>
  listProfileIds(store.connection, store.storeId, options);

beforeAll(async () => {
  store = await sandboxStore();
  await store.sandbox.seed({
    profiles: oldestFirst.map((id, index) => ({ id, traits: { Contact: { email: `p${index}@example.com` } } })),
  });
});
afterAll(() => store.sandbox.close());
beforeEach(() => store.sandbox.requests.clear());

describe("a list of profiles", () => {
  it("goes through the IDs of all pages, newest first", async () => {
    const ids: ProfileId[] = [];
    for await (const id of list()) ids.push(id);
    expect(ids).toEqual(newestFirst);
    expect(store.asked()).toHaveLength(5);
  });

  it("goes from the oldest where that is asked for", async () => {
    expect(await list({ orderBy: "ASC", pageSize: 100 }).toArray({ limit: Number.POSITIVE_INFINITY })).toEqual(
      oldestFirst,
    );
  });

  it("asks for nothing until it is read", async () => {
    const sizes: (string | null)[] = [];
    const fetch: Fetch = async (url) => {
      sizes.push(new URL(url).searchParams.get("pageSize"));
      return Response.json({ profiles: [idOf(1)], meta: { key: "profiles", pageSize: 1 } });
    };
    const connection = connectionWith(store.connection.environment, { credentials: false, fetch });
    const listOf = (pageSize: number) => listProfileIds(connection, store.storeId, { pageSize });
    listOf(1);
    listOf(2).pages();
    listOf(3)[Symbol.asyncIterator]();
    // A list that asked by itself has sent its request before this one.
    await listOf(4).toArray({ limit: 1 });
    expect(sizes).toEqual(["4"]);
  });

  it("asks for no page more than is read", async () => {
    for await (const id of list({ pageSize: 10 })) if (id === newestFirst[9]) break;
    expect(store.asked()).toHaveLength(1);
  });

  it("begins anew with each reading", async () => {
    const ids = list({ pageSize: 100 });
    expect(await ids.toArray({ limit: 2 })).toEqual(await ids.toArray({ limit: 2 }));
  });

  it("is refused while it is read, and not before", async () => {
    const wrong = list({ pageSize: 0 });
    await expect(wrong.toArray({ limit: 1 })).rejects.toMatchObject({ name: "MemoryApiError", status: 400 });
  });

  it("is rejected with the reason of its signal", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(list({ signal }).toArray({ limit: 1 })).rejects.toThrow("enough");
    expect(store.asked()).toEqual([]);
  });
});

describe("pages", () => {
  it("come with their size and the tokens of their neighbours", async () => {
    const pages = [];
    for await (const page of list({ pageSize: 100 }).pages()) pages.push(page);
    expect(pages.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(pages.map(({ pageSize }) => pageSize)).toEqual([100, 100, 100]);
    expect(pages.map(({ nextToken }) => nextToken !== undefined)).toEqual([true, true, false]);
    expect(pages.map(({ previousToken }) => previousToken !== undefined)).toEqual([false, true, true]);
  });

  it("go on from the token of one that was read before", async () => {
    let pageToken: string | undefined;
    for await (const { nextToken } of list({ pageSize: 60 }).pages()) {
      pageToken = nextToken;
      break;
    }
    const rest = await list({ pageSize: 60, pageToken }).toArray({ limit: PEOPLE });
    expect(rest).toEqual(newestFirst.slice(60));
  });
});

describe("an array of a list", () => {
  it.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [101, 2],
  ])("of at most %i takes %i requests", async (limit, requests) => {
    expect(await list({ pageSize: 100 }).toArray({ limit })).toEqual(newestFirst.slice(0, limit));
    expect(store.asked()).toHaveLength(requests);
  });
});

describe("a service that leads back to a page", () => {
  const page = (nextToken: string) => ({
    status: 200,
    body: { profiles: [idOf(1)], meta: { key: "profiles", pageSize: 1, nextToken } },
  });

  it.each([
    ["the same page", [page("a"), page("a")], 2],
    ["a page before", [page("a"), page("b"), page("c"), page("a")], 4],
  ])("such as %s ends the list with an error, after what was read", async (_, answers, requests) => {
    const server = await recordingServer();
    server.answerWith(...answers);
    const credentials = { apiKey: "key", apiSecret: "secret" };
    const ids: ProfileId[] = [];
    const reading = (async () => {
      const connection = createConnection({ baseUrl: server.url, credentials });
      for await (const id of listProfileIds(connection, store.storeId)) ids.push(id);
    })();
    await expect(reading).rejects.toMatchObject({ name: "RepeatedPageTokenError", pageToken: "a" });
    expect(ids).toHaveLength(requests);
    expect(server.requests).toHaveLength(requests);
    await server.close();
  });
});
