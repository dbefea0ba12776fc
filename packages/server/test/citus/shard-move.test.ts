import type { StoreId } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { administer } from "../postgres/postgres-for-tests.ts";
import "../support/coverage.ts";
import { KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { StoreLoad } from "./store-load.ts";
import { storesOn, useCitus, workersOf } from "./use-citus.ts";

const MOVES = process.env["SOAK"] ? 12 : 2;
const WRITERS_PER_STORE = 2;

const citus = useCitus();
const owned = settingsForTests.stores.get(storeId);

describe(`Citus: ${MOVES} moves of the shard of a store under load`, () => {
  it("fail no request, and lose no acknowledged write", { timeout: 3_600_000 }, async ({ task }) => {
    if (owned === undefined) throw new Error("The store is missing.");
    const databaseUrl = await citus.create();
    const storeIds = Array.from({ length: 4 }, (_, at): StoreId => `mem_store_${String(at).padStart(26, "0")}`);
    const settings = { ...settingsForTests, databaseUrl, stores: new Map(storeIds.map((id) => [id, owned])) };
    const servers = [await startServerProcess(settings), await startServerProcess(settings)];
    const load = new StoreLoad(
      servers.map(({ url }) => new KeepAliveClient(url)),
      storeIds,
      WRITERS_PER_STORE,
    );
    const workers = await workersOf(databaseUrl);
    await load.more(50);
    const before = load.nextPeriod();
    const longest: number[] = [];
    for (let move = 0; move < MOVES; move++) {
      const isHere = await Promise.all(workers.map((worker) => storesOn(databaseUrl, worker, [storeId])));
      const from = workers.find((_, at) => isHere[at]?.length === 1);
      const to = workers.find(({ id }) => id !== from?.id);
      if (from === undefined || to === undefined) throw new Error("The cluster needs two workers.");
      await administer(
        databaseUrl,
        `SELECT citus_move_shard_placement(get_shard_id_for_distribution_column('profiles', '${storeId}'),
          '${from.nodename}', ${from.nodeport}, '${to.nodename}', ${to.nodeport}, 'force_logical')`,
      );
      expect(await storesOn(databaseUrl, to, [storeId])).toEqual([storeId]);
      await load.more(50);
      const during = load.nextPeriod();
      expect(during.failures, `move ${move}`).toEqual(new Map());
      longest.push(Math.round(during.longest));
    }
    const { acknowledged, lost } = await load.stop(databaseUrl);
    expect(lost).toEqual([]);
    task.meta.coverage =
      `Citus: 0 of ${acknowledged} acknowledged writes lost and no request failed in ${MOVES} moves of a shard. ` +
      `Longest request: ${longest.join(", ")} ms; before, ${Math.round(before.longest)} ms`;
  });
});
