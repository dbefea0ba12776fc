import { describe, expect, it } from "vitest";
import { usePostgres } from "../postgres/use-postgres.ts";
import { faultsInTables } from "../support/faults-in-tables.ts";
import { holdIdentifier } from "../support/hold-identifier.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { type Place, select } from "../support/place.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { profileOf, readTables } from "../support/tables.ts";
import { peopleFile } from "./people-file.ts";

const createDatabase = usePostgres();

describe("an import whose server is killed while it runs", () => {
  it("is completed by another server, which applies each row once", async () => {
    const place: Place = { dataFolder: "", databaseUrl: await createDatabase() };
    // After its start, the second server next polls when the first one has already started this import.
    const settings = { ...settingsForTests, ...place, imports: { leaseMs: 1_000, pollMs: 2_000 } };
    const first = await startServerProcess(settings);
    const second = await startServerProcess(settings);
    const { csv, announced, rows, summary, people } = peopleFile();
    // The import blocks at this person.
    const release = await holdIdentifier(place.databaseUrl, "p2999@example.com");
    const client = new KeepAliveClient(first.url);
    const path = { storeId } as const;
    const { importId, url } = bodyOf(await client.send("createProfilesImportV2", { path, body: announced }), 201);
    bodyOf(await client.upload(url, csv), 200);

    await expect.poll(() => rowsDone(place)).toBeGreaterThan(0);
    await first.kill();
    expect(await rowsDone(place)).toBeLessThan(rows);
    await release();

    const end = await importEnd(new KeepAliveClient(second.url), storeId, importId);
    expect(end).toMatchObject({ status: "COMPLETED", summary });
    expect(await rowsDone(place)).toBe(rows);
    const tables = await readTables(place, storeId);
    expect(faultsInTables(tables)).toEqual([]);
    expect(tables.profiles.size).toBe(people.size);
    const found = [...people.keys()].map((identifier) => {
      const groups = tables.traits.get(profileOf(tables, identifier) ?? "");
      return [identifier, Object.fromEntries(groups?.get("Contact") ?? [])] as const;
    });
    expect(new Map(found)).toEqual(people);
  });
});

async function rowsDone(place: Place): Promise<number> {
  const [[row] = []] = await select(place, "SELECT row_count FROM imports");
  return Number(row?.["row_count"]);
}
