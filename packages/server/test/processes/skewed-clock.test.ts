import { beforeEach, describe, expect, it } from "vitest";
import { usePostgres } from "../postgres/use-postgres.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { peopleFile } from "./people-file.ts";

const HOUR_MS = 3_600_000;
const createDatabase = usePostgres();
const path = { storeId } as const;

// A clock that is behind is the harder case: its writes must not seem older.
const HOURS = process.env["SOAK"] ? [2, -2] : [-2];

describe.each(HOURS)("three processes on one database, one of which has a clock that is wrong by %d h", (hours) => {
  let right: KeepAliveClient;
  let wrong: KeepAliveClient;
  beforeEach(async () => {
    const databaseUrl = await createDatabase();
    const settings = { ...settingsForTests, databaseUrl, imports: { leaseMs: 1_000, pollMs: 50 } };
    const first = await startServerProcess(settings);
    await startServerProcess(settings);
    const skewed = await startServerProcess(settings, { clockSkewMs: hours * HOUR_MS });
    right = new KeepAliveClient(first.url);
    wrong = new KeepAliveClient(skewed.url);
  });

  const create = async (client: KeepAliveClient, contact: Record<string, string>) =>
    bodyOf(await client.send("createProfile", { path, body: { traits: { Contact: contact } } }), 202).id;
  const traitsOf = async (profileId: string) =>
    Object(bodyOf(await right.send("fetchProfile", { path: { storeId, profileId } as never }), 200)).traits.Contact;

  it("keep the profile that was created first, and the trait that was written last", async () => {
    for (const [at, [before, after]] of [[wrong, right] as const, [right, wrong] as const].entries()) {
      const email = `${at}@example.com`;
      const phone = `+1415555012${at}`;
      const first = await create(before, { email, firstName: "First" });
      const second = await create(after, { phone, firstName: "Second" });
      expect(second > first).toBe(true);
      expect(await create(right, { email, phone })).toBe(first);
      expect(await traitsOf(first)).toMatchObject({ firstName: "Second" });
    }
  });

  it("accept an upload URL from each other, and run its import", async () => {
    for (const [announcing, receiving] of [[right, wrong] as const, [wrong, right] as const]) {
      const { csv, announced, summary } = peopleFile();
      const { importId, url } = bodyOf(await announcing.send("createProfilesImportV2", { path, body: announced }), 201);
      bodyOf(await receiving.upload(url, csv), 200);
      expect(await importEnd(right, storeId, importId)).toMatchObject({ status: "COMPLETED", summary });
    }
  });
});
