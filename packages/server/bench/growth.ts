import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pageToken } from "../src/operations/profiles/page-token.ts";
import { openStorage } from "../src/process/open-storage.ts";
import { startPostgres, startServer } from "../test/postgres/postgres-for-tests.ts";
import { type Child, startChild } from "./child.ts";
import { atMost, type Figure, interleaved, type Measurement, perSecond } from "./figure.ts";
import { run } from "./load.ts";
import { body, commands } from "./people.ts";
import { benchSettings, rules, STORE } from "./settings.ts";

const SMALL = 10_000;
const LARGE = 1_000_000;
const ROUNDS = 3;
const SECONDS = 4;
const PAGE = 50;
const PROFILES = `/v1/Stores/${STORE}/Profiles`;

/** Compares create, fetch and list in a small and a large store, with 64 clients over HTTP. */
export async function measureGrowth(): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), "memory-bench-"));
  // A quarter of the memory is usual; the default, 128 MiB, holds a tenth of the large store.
  const server = await startServer("shared_buffers=1GB");
  const postgres = await startPostgres(server.url);
  try {
    const sqlite = await compare([join(folder, "small")], [join(folder, "large")]);
    const shared = await compare([folder, await postgres.createDatabase()], [folder, await postgres.createDatabase()]);
    return {
      title: `Growth: ${LARGE.toLocaleString("en")} profiles compared with ${SMALL.toLocaleString("en")}`,
      figures: [...figuresOf("SQLite", sqlite), ...figuresOf("PostgreSQL", shared)],
      notes: [...notesOf("SQLite", sqlite), ...notesOf("PostgreSQL", shared)],
    };
  } finally {
    await postgres.stop();
    await server.stop();
    await rm(folder, { recursive: true });
  }
}

type Place = readonly [folder: string, databaseUrl?: string];

async function compare(smallPlace: Place, largePlace: Place) {
  const smallIds = await fill(smallPlace, SMALL);
  const largeIds = await fill(largePlace, LARGE);
  const small = await startChild("database", ...smallPlace.filter((part) => part !== undefined));
  const large = await startChild("database", ...largePlace.filter((part) => part !== undefined));
  let number = LARGE;
  const create = async ({ url }: Child) =>
    (await run({ url: url + PROFILES, method: "POST", nextBody: () => body(number++), seconds: SECONDS })).rate;
  const get = async ({ url }: Child, nextPath: () => string) =>
    (await run({ url, method: "GET", nextPath, seconds: SECONDS })).rate;
  try {
    return await interleaved(ROUNDS, {
      smallFetch: () => get(small, scattered(smallIds)),
      largeFetch: () => get(large, scattered(largeIds)),
      secondPage: () => get(large, () => page(largeIds[PAGE - 1])),
      lastPage: () => get(large, () => page(largeIds[LARGE - PAGE - 1])),
      smallCreate: () => create(small),
      largeCreate: () => create(large),
    });
  } finally {
    await Promise.all([small.stop(), large.stop()]);
  }
}

type Rates = Awaited<ReturnType<typeof compare>>;

function figuresOf(engine: string, rates: Rates): Figure[] {
  return [
    atMost(`Time of a create on ${engine}, relative to the small store`, rates.smallCreate / rates.largeCreate, 1.3),
    atMost(`Time of a fetch on ${engine}, relative to the small store`, rates.smallFetch / rates.largeFetch, 1.3),
    atMost(
      `Time of the last page of a list on ${engine}, relative to the second`,
      rates.secondPage / rates.lastPage,
      1.5,
    ),
  ];
}

function notesOf(engine: string, rates: Rates): string[] {
  return [
    `${engine}: creates ${perSecond(rates.largeCreate)} with many profiles, ${perSecond(rates.smallCreate)} with few`,
    `${engine}: fetches ${perSecond(rates.largeFetch)} with many profiles, ${perSecond(rates.smallFetch)} with few`,
  ];
}

/** @returns the IDs of all profiles, in their order */
async function fill([folder, databaseUrl]: Place, count: number): Promise<string[]> {
  const { storage } = await openStorage(benchSettings(folder, databaseUrl));
  const ids: string[] = [];
  for (let from = 0; from < count; from += 1000) {
    const batch = commands(from, 1000);
    await storage.apply({ id: STORE, accountSid: "AC1", rules }, batch);
    ids.push(...batch.map(({ newId }) => newId));
  }
  await storage.close();
  return ids;
}

/** Paths of profiles spread over the whole store. */
function scattered(ids: readonly string[]): () => string {
  let at = 0;
  return () => {
    at = (at + 7919) % ids.length;
    return `${PROFILES}/${ids[at]}`;
  };
}

/** Path of the page after an ID, oldest first. */
function page(id = ""): string {
  const { signingKeys } = benchSettings("");
  const token = pageToken(signingKeys, STORE, "ASC", { direction: "after", id });
  return `${PROFILES}?orderBy=ASC&pageSize=${PAGE}&pageToken=${token}`;
}
