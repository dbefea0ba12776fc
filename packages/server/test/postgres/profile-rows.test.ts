import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChangeSet, Claim } from "../../src/domain/profiles/profile-rows.ts";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { PostgresProfileRows } from "../../src/storage/postgres/profile-rows.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { deletion, newProfileId, upsert, upsertEmail } from "../storage-contract/commands.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import { store, storeId, storeIds } from "../storage-contract/storage-engine.ts";
import { reasonToSkip } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();
let storage: Storage;
let pool: pg.Pool;
const clients: pg.PoolClient[] = [];

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  const databaseUrl = await createDatabase();
  ({ storage } = await openPostgres({ databaseUrl }));
  pool = new pg.Pool({ connectionString: databaseUrl });
});
afterAll(async () => {
  await storage?.close();
  await pool?.end();
});
beforeEach(() => storage.restore(storeIds, {}));
afterEach(() => {
  for (const client of clients.splice(0)) {
    // If the database is dropped before the connection has closed, PostgreSQL sends an error on it.
    client.on("error", () => {});
    client.release(true);
  }
});

const email = { type: "email", value: "ada@example.com" };
const key = "email\nada@example.com";
const claimFor = (holder: string): Claim => ({ ...email, holder, addedAt: 1 });
const nothing: ChangeSet = {
  ...{ created: [], updated: [], removed: [], nodes: [], attached: [], detached: [], groups: [] },
};

async function begin() {
  const client = await pool.connect();
  clients.push(client);
  await client.query("BEGIN");
  return {
    rows: new PostgresProfileRows((statement, values) => client.query(statement, values), storeId),
    end: () => client.query("COMMIT"),
  };
}

async function untilOneWaits(): Promise<void> {
  const waiting = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await expect.poll(async () => (await pool.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1);
}

/** Claims the identifier for a new profile, and resolves it. */
async function ownersOf(rows: PostgresProfileRows): Promise<ReadonlyMap<string, string>> {
  await rows.claimIdentifiers([claimFor(newProfileId())], () => {});
  return (await rows.lockProfiles([email], [])).owners;
}

describe("a claim of an identifier", () => {
  it("blocks a second claim, which then finds the profile", async () => {
    const [one, other] = [await begin(), await begin()];
    const id = newProfileId();
    await one.rows.claimIdentifiers([claimFor(id)], () => {});
    expect((await one.rows.lockProfiles([email], [])).owners).toEqual(new Map());
    await one.rows.write({ ...nothing, created: [{ id, createdAt: 1, holders: [] }], attached: [claimFor(id)] });
    const owners = ownersOf(other.rows);
    await untilOneWaits();
    await one.end();
    expect(await owners).toEqual(new Map([[key, id]]));
    await other.end();
  });

  it("blocks a second claim even if the identifier already exists", async () => {
    const profileId = await applyOne(storage, upsertEmail(email.value));
    const [one, other] = [await begin(), await begin()];
    expect(await ownersOf(one.rows)).toEqual(new Map([[key, profileId]]));
    const owners = ownersOf(other.rows);
    await untilOneWaits();
    await one.rows.write({ ...nothing, detached: [email] });
    await one.end();
    expect(await owners, "it is free").toEqual(new Map());
    await other.end();
  });

  it("is distinguished from the existing identifier of the same profile", async () => {
    const profileId = await applyOne(storage, upsertEmail(email.value));
    const { rows, end } = await begin();
    const [held] = await rows.readIdentifiers([profileId]);
    await rows.claimIdentifiers(held ? [held] : [], () => {});
    expect((await rows.lockProfiles([email], [])).owners).toEqual(new Map([[key, profileId]]));
    await rows.write(nothing);
    await end();
    expect(await applyOne(storage, upsertEmail(email.value))).toBe(profileId);
  });

  it("leaves no row if nothing is attached", async () => {
    const { rows, end } = await begin();
    await rows.claimIdentifiers([claimFor(newProfileId())], () => {});
    await rows.write(nothing);
    await end();
    expect((await pool.query("SELECT FROM identifiers")).rowCount).toBe(0);
    const fresh = upsertEmail(email.value);
    expect(await applyOne(storage, fresh)).toBe(fresh.newId);
  });

  it("is stored as it is attached, even if it was claimed with another time", async () => {
    const { rows, end } = await begin();
    const id = newProfileId();
    await rows.claimIdentifiers([claimFor(id)], () => {});
    const attached = [{ ...claimFor(id), addedAt: 2 }];
    await rows.write({ ...nothing, created: [{ id, createdAt: 1, holders: [] }], attached });
    // The connections of this test read integers as text.
    expect((await rows.readIdentifiers([id])).map(({ addedAt }) => Number(addedAt))).toEqual([2]);
    expect(await rows.readIdentifiers([])).toEqual([]);
    await end();
  });

  it("has no owner if it is new, and leaves the thread time for other work", async () => {
    const profileId = await applyOne(storage, upsertEmail(email.value));
    const { rows } = await begin();
    const fresh = { ...email, value: "new@example.com" };
    const meanwhile = vi.fn();
    await rows.claimIdentifiers(
      [claimFor(newProfileId()), { ...fresh, holder: newProfileId(), addedAt: 1 }],
      meanwhile,
    );
    expect(meanwhile).toHaveBeenCalledOnce();
    expect((await rows.lockProfiles([email, fresh], [])).owners).toEqual(new Map([[key, profileId]]));
  });
});

describe("the rows of a profile", () => {
  it("contain nothing that was not written", async () => {
    const { rows } = await begin();
    const profile = { id: newProfileId(), createdAt: 1, holders: [] };
    await rows.write({ ...nothing, created: [profile] });
    const { profiles } = await rows.lockProfiles([], [profile.id]);
    expect(profiles).toMatchObject([{ id: profile.id, holders: [] }]);
    expect(await rows.readContents(profiles)).toEqual({ identifiers: [], groups: [], trees: new Map() });
  });

  it("are all deleted with it, and an ID that was merged into it then has no canonical profile", async () => {
    const canonical = await applyOne(storage, upsertEmail(email.value));
    const lost = await applyOne(storage, upsert({ Contact: { phone: "1" } }));
    await applyOne(storage, upsert({ Contact: { email: email.value, phone: "1" } }));
    await storage.apply(store, [deletion(canonical)]);
    for (const table of ["profiles", "identifiers", "trait_groups"]) {
      expect((await pool.query(`SELECT FROM ${table}`)).rowCount, table).toBe(0);
    }
    const { rows } = await begin();
    expect(await rows.lockProfiles([], [lost])).toMatchObject({ canonicalIds: new Map(), profiles: [] });
  });
});

describe("the first lock of a transaction", () => {
  it("waits for the profile", async () => {
    const id = await applyOne(storage, upsertEmail(email.value));
    const [one, other] = [await begin(), await begin()];
    await one.rows.lockProfiles([], [id]);
    const locked = other.rows.lockProfiles([], [id]);
    await untilOneWaits();
    await one.end();
    expect((await locked).profiles).toMatchObject([{ id }]);
  });
});

describe("a lock that is taken out of order", () => {
  it("of a profile fails rather than waits, because two transactions might wait for each other", async () => {
    const first = await applyOne(storage, upsertEmail("1"));
    const second = await applyOne(storage, upsertEmail("2"));
    const [one, other] = [await begin(), await begin()];
    await one.rows.lockProfiles([], [first]);
    await other.rows.lockProfiles([], [second]);
    await expect(other.rows.lockProfiles([], [first, second])).rejects.toMatchObject({ code: "55P03" });
    await other.end();
    expect((await one.rows.lockProfiles([], [first, second])).profiles).toHaveLength(2);
  });

  it("of an identifier also fails rather than waits", async () => {
    await applyOne(storage, upsertEmail(email.value));
    const [one, other] = [await begin(), await begin()];
    await one.rows.claimIdentifiers([claimFor(newProfileId())], () => {});
    await expect(other.rows.write({ ...nothing, detached: [email] })).rejects.toMatchObject({ code: "55P03" });
  });
});
