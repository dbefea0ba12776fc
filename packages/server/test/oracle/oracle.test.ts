import { expect, it } from "vitest";
import { atOnce } from "../support/at-once.ts";
import "../support/coverage.ts";
import { describeBehindPgBouncer, describeEngines, type Engine } from "../support/engines.ts";
import { faultsInTables } from "../support/faults-in-tables.ts";
import { KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { readTables } from "../support/tables.ts";
import { verified } from "../verification/stored-data.ts";
import { AT_ONCE, sendTraffic } from "./traffic.ts";
import { judge } from "./verdict.ts";

const isSoak = Boolean(process.env["SOAK"]);
const REQUESTS = isSoak ? 24_000 : 1_500;

/** Limit of each identifier type in the default store. */
const LIMIT = 100;

const NAME = `${REQUESTS} writes of people who share identifiers, ${AT_ONCE} at once`;
describeEngines(NAME, describeOracle);
if (isSoak) describeBehindPgBouncer(NAME, describeOracle);

function describeOracle({ name, newPlace }: Engine): void {
  it("have the same result as a union-find", { timeout: 600_000 }, async ({ task }) => {
    const place = await newPlace();
    const settings = { ...settingsForTests, ...place };
    const first = await startServerProcess(settings);
    const servers = name === "SQLite" ? [first] : [first, await startServerProcess(settings)];
    const [client = new KeepAliveClient(first.url), ...others] = servers.map(({ url }) => new KeepAliveClient(url));
    const seed = 1 + (Date.now() % 1_000_000);

    const accepted = await sendTraffic([client, ...others], REQUESTS, seed);
    const tables = await readTables(place, storeId);
    const { survivors, people, mostIdentifiers, ...faults } = judge(accepted, tables);

    expect({ ...faults, inTables: faultsInTables(tables) }, `seed ${seed}`).toEqual({
      identifiersOnWrongProfile: [],
      lostIds: [],
      survivorsNotOldest: [],
      lostTraits: [],
      inTables: [],
    });
    expect((await verified(place)).violations, `seed ${seed}`).toEqual([]);
    expect(tables.profiles.size).toBe(people);
    expect(mostIdentifiers).toBeLessThanOrEqual(LIMIT);

    await atOnce(AT_ONCE, survivors, async ([profileId, survivor]) => {
      const { status, headers, body } = await client.send("fetchProfile", { path: { storeId, profileId } });
      if (profileId === survivor) expect({ status, body }).toMatchObject({ status: 200, body: { id: survivor } });
      else expect({ status, id: headers["canonical-profile-id"] }).toEqual({ status: 301, id: survivor });
    });
    const processes = `${servers.length} process${servers.length > 1 ? "es" : ""}`;
    task.meta.coverage =
      `0 of ${tables.identifiers.size} identifiers on a wrong profile after ${accepted.length} writes, ${AT_ONCE} at once, ` +
      `to ${processes} on ${name}: ${tables.redirects.size} merges, ${people} people`;
  });
}
