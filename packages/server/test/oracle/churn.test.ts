import { expect, it } from "vitest";
import { DEFAULT_STORE_RULES } from "../../src/configuration/default-store.ts";
import { describeEngines } from "../support/engines.ts";
import { faultsInTables } from "../support/faults-in-tables.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { profileOf, readTables, type Tables } from "../support/tables.ts";
import { verified } from "../verification/stored-data.ts";
import { EMAILS, sendChurn } from "./churn.ts";
import { AT_ONCE } from "./traffic.ts";

const REQUESTS = process.env["SOAK"] ? 24_000 : 1_000;
const LIMIT = 3;

const identifierTypes = new Map([
  ["email", { normalization: "email", limit: LIMIT, limitPolicy: "fifo" }],
  ["phone", { normalization: "phone", limit: LIMIT, limitPolicy: "lifo" }],
] as const);
const account = settingsForTests.stores.get(storeId);

describeEngines(`${REQUESTS} writes and deletes of few people, ${AT_ONCE} at once`, ({ name, newPlace }) => {
  it("leave consistent tables", { timeout: 600_000 }, async () => {
    if (account === undefined) throw new Error("The store is missing.");
    const place = await newPlace();
    const rules = { ...DEFAULT_STORE_RULES, identifierTypes };
    const stores = new Map([[storeId, { ...account, rules }]]);
    const settings = { ...settingsForTests, ...place, stores };
    const first = await startServerProcess(settings);
    const servers = name === "SQLite" ? [first] : [first, await startServerProcess(settings)];
    const seed = 1 + (Date.now() % 1_000_000);

    let isSending = true;
    const verifying = (async () => {
      const found = [];
      while (isSending) found.push(...(await verified(place, rules)).violations);
      return found;
    })();
    await sendChurn(
      servers.map(({ url }) => new KeepAliveClient(url)),
      REQUESTS,
      seed,
    );
    isSending = false;
    // Writes during the verification cause no false alarm.
    expect(await verifying, `seed ${seed}`).toEqual([]);
    expect((await verified(place, rules)).violations, `seed ${seed}`).toEqual([]);
    const tables = await readTables(place, storeId);
    expect([...faultsInTables(tables), ...overLimit(tables)], `seed ${seed}`).toEqual([]);

    const client = new KeepAliveClient(first.url);
    for (const email of EMAILS) {
      const body = { traits: { Contact: { email } } };
      const { id } = bodyOf(await client.send("createProfile", { path: { storeId }, body }), 202);
      const owner = profileOf(tables, `email ${email}`);
      if (owner === undefined) expect(tables.profiles.has(id)).toBe(false);
      else expect(id).toBe(owner);
    }
  });
});

function overLimit(tables: Tables): string[] {
  const held = [...tables.identifiers.keys()];
  const counts = Map.groupBy(held, (identifier) => `${identifier.split(" ")[0]} of ${profileOf(tables, identifier)}`);
  return [...counts].flatMap(([place, { length }]) => (length > LIMIT ? [`${length} values of ${place}`] : []));
}
