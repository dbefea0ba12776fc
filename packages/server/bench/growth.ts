import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqlite } from "../src/storage/sqlite/open-sqlite.ts";
import type { Storage } from "../src/storage/storage.ts";
import { atMost, interleaved, type Measurement, perSecond } from "./figure.ts";
import { command, commands } from "./people.ts";
import { rules, STORE } from "./settings.ts";

const SMALL = 10_000;
const LARGE = 1_000_000;
const ROUNDS = 3;
const CALLS = 10_000;
const CLIENTS = 64;
const PAGE = 50;

/** What create, fetch and list cost in a small store and in a large one, on SQLite. */
export async function measureGrowth(): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), "memory-bench-"));
  const open = (name: string) => openSqlite(join(folder, name), new Map([[STORE, rules]]));
  const [small, large] = [await open("small"), await open("large")];
  try {
    const smallIds = await fill(small, SMALL);
    const largeIds = await fill(large, LARGE);
    let number = LARGE;
    const create = (storage: Storage) => timed(() => storage.apply(STORE, [command(number++)]));
    const fetchOne = (storage: Storage, ids: readonly string[]) => {
      let at = 0;
      return timed(() => {
        // Steps that lead all over the store.
        at = (at + 7919) % ids.length;
        return storage.fetchProfile(STORE, ids[at] ?? "");
      });
    };
    const times = await interleaved(ROUNDS, {
      smallCreate: () => create(small),
      largeCreate: () => create(large),
      smallFetch: () => fetchOne(small, smallIds),
      largeFetch: () => fetchOne(large, largeIds),
      firstPage: () => timed(() => large.listProfiles(STORE, "ASC", PAGE)),
      lastPage: () => timed(() => large.listProfiles(STORE, "ASC", PAGE, largeIds.at(-PAGE - 1))),
    });
    return {
      title: `Growth on SQLite: ${LARGE.toLocaleString("en")} profiles against ${SMALL.toLocaleString("en")}`,
      figures: [
        atMost("Create", times.largeCreate / times.smallCreate, 1.5),
        atMost("Fetch", times.largeFetch / times.smallFetch, 1.5),
        atMost("List: the last page against the first", times.lastPage / times.firstPage, 1.5),
      ],
      notes: [
        `Create ${perSecond(1000 / times.largeCreate)} with many profiles, ${perSecond(1000 / times.smallCreate)} with few`,
        `Fetch ${perSecond(1000 / times.largeFetch)} with many profiles, ${perSecond(1000 / times.smallFetch)} with few`,
      ],
    };
  } finally {
    await Promise.all([small.close(), large.close()]);
    await rm(folder, { recursive: true });
  }
}

/** @returns the IDs of all profiles, in their order */
async function fill(storage: Storage, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += 1000) {
    const batch = commands(from, 1000);
    await storage.apply(STORE, batch);
    ids.push(...batch.map(({ newId }) => newId));
  }
  return ids;
}

/** Milliseconds a call, with as many at once as there are clients. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  let left = CALLS;
  const client = async () => {
    while (left-- > 0) await call();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return (performance.now() - start) / CALLS;
}
