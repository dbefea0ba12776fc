import type { ProfileId } from "@memory-api/types";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import { connectionWith, createConnection } from "../../src/connection/connection.ts";
import {
  type ListOptions,
  listProfileIds,
  type ProfileList,
  type ProfilePage,
} from "../../src/profiles/profile-list.ts";
import type { Fetch } from "../../src/transports/fetch.ts";
import { recordingServer } from "../recording-server.ts";
import { sandboxStore } from "./sandbox-store.ts";

const PEOPLE = 250;
const idOf = (index: number) => `mem_profile_0${String(index).padStart(25, "0")}` as const;
const oldestFirst = Array.from({ length: PEOPLE }, (_, index) => idOf(index));
const newestFirst = oldestFirst.toReversed();

let store: Awaited<ReturnType<typeof sandboxStore>>;
const list = (options?: ListOptions) => listProfileIds(store.connection, store.storeId, options);
const paths = () => store.sandbox.requests.exchanges().map(({ path }) => path);

beforeAll(async () => {
  store = await sandboxStore();
  await store.sandbox.seed({
    profiles: oldestFirst.map((id, index) => ({ id, traits: { Contact: { email: `p${index}@example.com` } } })),
  });
});
afterAll(() => store.sandbox.close());
beforeEach(() => store.sandbox.requests.clear());

describe("a list of profiles", () => {
  it("yields the IDs of all pages, newest first", async () => {
    const ids: ProfileId[] = [];
    for await (const id of list()) ids.push(id);
    expect(ids).toEqual(newestFirst);
    expect(store.operationIds()).toHaveLength(5);
  });

  it("yields the oldest first with orderBy ASC", async () => {
    expect(await list({ orderBy: "ASC", pageSize: 100 }).toArray({ limit: Number.POSITIVE_INFINITY })).toEqual(
      oldestFirst,
    );
  });

  it("sends nothing until it is read", async () => {
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
    // A list that sends on its own would have sent its request before this one.
    await listOf(4).toArray({ limit: 1 });
    expect(sizes).toEqual(["4"]);
  });

  it("requests no page before it is needed", async () => {
    for await (const id of list({ pageSize: 10 })) if (id === newestFirst[9]) break;
    expect(store.operationIds()).toHaveLength(1);
  });

  it("starts again with each read", async () => {
    const ids = list({ pageSize: 100 });
    expect(await ids.toArray({ limit: 2 })).toEqual(await ids.toArray({ limit: 2 }));
  });

  it("rejects when it is read, and not when it is created", async () => {
    const invalid = list({ pageSize: 0 });
    await expect(invalid.toArray({ limit: 1 })).rejects.toMatchObject({ name: "MemoryApiError", status: 400 });
  });

  it("rejects with the reason of its signal", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(list({ signal }).toArray({ limit: 1 })).rejects.toThrow("enough");
    await expect(list({ signal }).page()).rejects.toThrow("enough");
    expect(store.operationIds()).toEqual([]);
  });
});

describe("a single page", () => {
  it("is the first one by default, and takes one request", async () => {
    const page = await list({ pageSize: 20 }).page();
    expect(page).toEqual({ ids: newestFirst.slice(0, 20), pageSize: 20, nextToken: expect.any(String) });
    expect(store.operationIds()).toEqual(["listProfiles"]);
  });

  it("is the page of its token, in both directions", async () => {
    const first = await list({ pageSize: 20 }).page();
    const second = await list({ pageSize: 20, pageToken: first.nextToken }).page();
    expect(second.ids).toEqual(newestFirst.slice(20, 40));
    const previous = await list({ pageSize: 20, pageToken: second.previousToken }).page();
    expect(previous.ids).toEqual(first.ids);
  });

  it("has no nextToken if it is the last one", async () => {
    const { nextToken: pageToken } = await list({ pageSize: 100, orderBy: "ASC" }).page();
    const { nextToken } = await list({ pageSize: 100, orderBy: "ASC", pageToken }).page();
    const last = await list({ pageSize: 100, orderBy: "ASC", pageToken: nextToken }).page();
    expect(last.ids).toEqual(oldestFirst.slice(200));
    expect(last).not.toHaveProperty("nextToken");
  });

  it("rejects if the service did not issue the token", async () => {
    const page = list({ pageToken: "invented" }).page();
    await expect(page).rejects.toMatchObject({ name: "MemoryApiError", status: 400 });
  });

  it("has a type with its IDs and tokens, and takes any string, null or undefined as a token", () => {
    expectTypeOf<ProfileList["page"]>().returns.resolves.toEqualTypeOf<ProfilePage>();
    expectTypeOf<ProfilePage["ids"]>().toEqualTypeOf<readonly ProfileId[]>();
    expectTypeOf<ProfilePage["nextToken"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<string | null | undefined>().toExtend<ListOptions["pageToken"]>();
    expectTypeOf<string[]>().not.toExtend<ListOptions["pageToken"]>();
  });
});

describe.each([undefined, null, ""])("the page token %j", (pageToken) => {
  it("means the first page, and is not sent", async () => {
    const options: ListOptions = { pageSize: 10, pageToken };
    const firstTen = newestFirst.slice(0, 10);
    expect((await list(options).page()).ids).toEqual(firstTen);
    expect(await list(options).toArray({ limit: 10 })).toEqual(firstTen);
    for await (const { ids } of list(options).pages()) {
      expect(ids).toEqual(firstTen);
      break;
    }
    expect(paths()).toEqual(Array(3).fill(`/v1/Stores/${store.storeId}/Profiles?pageSize=10`));
  });
});

describe("the pages of a list", () => {
  it("have their size and the tokens of their neighbors", async () => {
    const pages = [];
    for await (const page of list({ pageSize: 100 }).pages()) pages.push(page);
    expect(pages.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(pages.map(({ pageSize }) => pageSize)).toEqual([100, 100, 100]);
    expect(pages.map(({ nextToken }) => nextToken !== undefined)).toEqual([true, true, false]);
    expect(pages.map(({ previousToken }) => previousToken !== undefined)).toEqual([false, true, true]);
  });

  it("continue from the token of an earlier page", async () => {
    const { nextToken: pageToken } = await list({ pageSize: 60 }).page();
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
  ])("with at most %i IDs takes %i requests", async (limit, requests) => {
    expect(await list({ pageSize: 100 }).toArray({ limit })).toEqual(newestFirst.slice(0, limit));
    expect(store.operationIds()).toHaveLength(requests);
  });

  it("rejects without a limit, with the reason and what to pass", async () => {
    const error = {
      name: "InvalidParameterError",
      parameter: "limit",
      message:
        "limit: must be a whole number, 0 or more, because a store can hold millions of profiles. Pass the maximum number of IDs, " +
        "or Infinity to read all of them if they fit into memory.",
    };
    // @ts-expect-error the limit is required
    await expect(list().toArray()).rejects.toMatchObject(error);
    // @ts-expect-error the limit is required
    await expect(list().toArray({})).rejects.toMatchObject(error);
    expect(store.operationIds()).toEqual([]);
  });

  it.each([Number.NaN, -1, 1.5, Number.NEGATIVE_INFINITY])("rejects a limit of %d", async (limit) => {
    await expect(list().toArray({ limit })).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: "limit",
    });
    expect(store.operationIds()).toEqual([]);
  });
});

describe("a service that returns the token of an earlier page", () => {
  const page = (nextToken: string) => ({
    status: 200,
    body: { profiles: [idOf(1)], meta: { key: "profiles", pageSize: 1, nextToken } },
  });

  it.each([
    ["the same page", [page("a"), page("a")], 2],
    ["a page before", [page("a"), page("b"), page("c"), page("a")], 4],
  ])("ends the list with an error, after the IDs that were read: %s", async (_, responses, requests) => {
    const server = await recordingServer();
    server.respondWith(...responses);
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
