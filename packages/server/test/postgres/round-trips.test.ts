import pg from "pg";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { deletion, patch, upsert } from "../storage-contract/commands.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import { store } from "../storage-contract/storage-engine.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();
let storage: Storage;

beforeEach(async () => {
  ({ storage } = await openPostgres({ databaseUrl: await createDatabase() }));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await storage.close();
});

const ada = { Contact: { email: "ada@example.com", firstName: "Ada" }, Orders: { count: 1 } };

/** Each statement waits for the previous one, so their number is the number of sequential round trips. */
async function roundTripsOf(...commands: Command[]): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, "query");
  await storage.apply(store, commands);
  const { length } = query.mock.calls;
  query.mockRestore();
  return length;
}

describe("the round trips of a write", () => {
  it("are at most four for a create", async () => {
    await applyOne(storage, upsert({ Contact: { phone: "warm up" } }));
    expect(await roundTripsOf(upsert(ada))).toBeLessThanOrEqual(4);
  });

  it("are at most four for a thousand creates", async () => {
    const commands = Array.from({ length: 1000 }, (_, at) => upsert({ Contact: { email: `${at}`, phone: `${at}` } }));
    expect(await roundTripsOf(...commands)).toBeLessThanOrEqual(4);
  });

  it("are at most seven for an update, a patch, a removal, a merge and a deletion", async () => {
    const id = await applyOne(storage, upsert(ada));
    const other = await applyOne(storage, upsert({ Contact: { phone: "1" } }));
    const counts = {
      update: await roundTripsOf(upsert({ ...ada, Orders: { count: 2 } })),
      patch: await roundTripsOf(patch(id, { Contact: { firstName: "Augusta" } })),
      removal: await roundTripsOf(patch(other, { Contact: { phone: null } })),
      identifier: await roundTripsOf(patch(other, { Contact: { phone: "2" } })),
      merge: await roundTripsOf(upsert({ Contact: { email: "ada@example.com", phone: "2" } })),
      moved: await roundTripsOf(patch(other, { Contact: { firstName: "Bob" } })),
      deletion: await roundTripsOf(deletion(id)),
    };
    for (const [kind, count] of Object.entries(counts)) expect(count, kind).toBeLessThanOrEqual(7);
  });
});
