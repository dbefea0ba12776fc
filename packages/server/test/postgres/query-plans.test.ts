import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migratePostgres } from "../../src/storage/postgres/migrate.ts";
import * as sql from "../../src/storage/postgres/statements.ts";
import { TABLES } from "../../src/storage/tables.ts";
import { storeId } from "../storage-contract/storage-engine.ts";
import { administer, reasonToSkip } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

// A plan that scans a whole table is fast in every other test, but unusable in a store of realistic size.

const createDatabase = usePostgres();
let client: pg.Client;

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  const databaseUrl = await createDatabase();
  await migratePostgres({ databaseUrl });
  const profileId = "'profile ' || lpad(n::text, 6, '0')";
  const rows = (count: number) => `FROM generate_series(1, ${count}) AS n`;
  await administer(
    databaseUrl,
    `INSERT INTO profiles SELECT '${storeId}', ${profileId}, n, '["lost ' || n || '"]' ${rows(100_000)}`,
    `INSERT INTO merge_nodes SELECT '${storeId}', 'lost ' || n, ${profileId} ${rows(100_000)}`,
    `INSERT INTO merge_nodes SELECT '${storeId}', ${profileId}, NULL, 2, ${profileId} ${rows(100_000)}`,
    // All of them were merged into one profile.
    `INSERT INTO merge_nodes SELECT '${storeId}', 'past ' || n, 'hub' ${rows(100_000)}`,
    `INSERT INTO merge_nodes VALUES ('${storeId}', 'hub', NULL, 100001, 'hub')`,
    `INSERT INTO profiles VALUES ('${storeId}', 'hub', 0)`,
    `INSERT INTO identifiers SELECT '${storeId}', 'email', n::text, ${profileId}, n ${rows(100_000)}`,
    `INSERT INTO identifiers SELECT '${storeId}', 'phone', n::text, 'lost ' || n, n ${rows(100_000)}`,
    `INSERT INTO trait_groups SELECT '${storeId}', ${profileId}, 'Contact', repeat('trait', 40) ${rows(100_000)}`,
    `INSERT INTO imports SELECT '${storeId}', n, '', 1, '', 'PENDING', n, n, n, NULL, 0, 0, 0, 0, n, NULL, 0 ${rows(20_000)}`,
    `INSERT INTO upload_chunks SELECT '${storeId}', n, 'upload', 0, '' ${rows(20_000)}`,
    "ANALYZE",
  );
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
}, 300_000);
afterAll(() => client?.end());

/** A value for each profile of a list. */
const each = (size: number, make: (n: number) => unknown) => Array.from({ length: size }, (_, at) => make(at * 97 + 1));

/** The values after the store, for so many profiles. */
function profileCases(size: number): Record<string, [statement: string, values: unknown[]]> {
  const ids = each(size, (n) => `profile ${String(n).padStart(6, "0")}`);
  const lostIds = each(size, (n) => `lost ${n}`);
  const newIds = each(size, (n) => `new ${n}`);
  const [types, values, times] = [each(size, () => "email"), each(size, String), each(size, (n) => n)];
  const [names, traits] = [each(size, () => "Contact"), each(size, () => "[]")];
  const write = (name: keyof typeof sql.writes, ...columns: unknown[]): [string, unknown[]] => [
    sql.allOf([sql.writes[name]]),
    columns,
  ];
  return {
    claimIdentifiers: [sql.claimIdentifiers, [types, values, ids, times]],
    selectCanonicalIds: [sql.selectCanonicalIds, [lostIds]],
    selectIdentifiersOf: [sql.selectIdentifiersOf, [lostIds]],
    lockProfiles: [sql.lockProfiles, [types, values, lostIds]],
    lockProfilesNow: [sql.lockProfilesNow, [types, values, lostIds]],
    selectContents: [sql.selectContents, [ids, [...ids, ...lostIds]]],
    lockIdentifiersNow: [sql.lockIdentifiersNow, [types, values]],
    insertProfiles: write("insertProfiles", newIds, times, newIds),
    updateProfiles: write("updateProfiles", ids, times, newIds),
    deleteProfiles: write("deleteProfiles", ids),
    deleteTraitGroupsOfProfiles: write("deleteTraitGroupsOfProfiles", ids),
    upsertNodes: write("upsertNodes", lostIds, ids, times, ids),
    deleteIdentifiers: write("deleteIdentifiers", types, values),
    upsertIdentifiers: write("upsertIdentifiers", types, values, ids, times),
    insertTraitGroups: write("insertTraitGroups", newIds, names, traits),
    upsertTraitGroups: write("upsertTraitGroups", ids, names, traits),
    selectProfile: [sql.selectProfile, [ids[0], names]],
    listProfilesAscending: [sql.listProfilesAscending, ["profile 000500", size]],
    listProfilesDescending: [sql.listProfilesDescending, ["~", size]],
  };
}

const importValues = ["", 1, "", "FAILED", 1, 1, 1, null, 0, 0, 0, 0, null, null, 0];
if (importValues.length + 2 !== Object.keys(TABLES.imports).length) throw new Error("A value for a column is missing.");

const importCases: Record<string, [statement: string, values: unknown[]]> = {
  insertImport: [sql.insertImport, ["new", ...importValues]],
  updateImport: [sql.updateImport, ["7", ...importValues]],
  selectImport: [sql.selectImport, ["7"]],
  lockImport: [sql.lockImport, ["7"]],
  lockDueImport: [sql.lockDueImport, [100]],
  selectOldestDueAt: [sql.selectOldestDueAt, [100]],
  listImports: [sql.listImports, [100]],
  insertChunk: [sql.insertChunk, ["7", "other", 0, Buffer.from("bytes")]],
  selectChunk: [sql.selectChunk, ["7", "upload", 0]],
  deleteUpload: [sql.deleteUpload, ["7", "upload"]],
  deleteUploads: [sql.deleteUploads, ["7"]],
};

interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): readonly Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Runs a statement and rolls it back. Returns the number of rows that it read from tables. */
async function rowsRead(statement: string, values: readonly unknown[]): Promise<number> {
  await client.query("BEGIN");
  const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${statement}`, [storeId, ...values]);
  await client.query("ROLLBACK");
  const scans = nodesOf(rows[0]["QUERY PLAN"][0].Plan).filter(
    (node) => node["Relation Name"] !== undefined && node["Node Type"].includes("Scan"),
  );
  const counts = scans.map(
    (scan) => (scan["Actual Rows"] + (scan["Rows Removed by Filter"] ?? 0)) * scan["Actual Loops"],
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

describe.each([1, 50, 1000])("among 100,000 profiles, for %i at once,", (size) => {
  it.each(Object.entries(profileCases(size)))("%s reads few rows", async (_, [statement, values]) => {
    // A profile has two identifiers, a trait group and two nodes of a merge tree, and some statements read a row twice.
    expect(await rowsRead(statement, values)).toBeLessThanOrEqual(12 * size + 12);
  });
});

describe("for a profile that 100,000 others were merged into,", () => {
  it.each([
    ["lockProfiles", sql.lockProfiles, [[], [], ["hub", "past 7"]]],
    ["selectIdentifiersOf", sql.selectIdentifiersOf, [["hub", "past 7"]]],
    ["selectContents", sql.selectContents, [["hub"], ["hub"]]],
  ])("%s reads few rows", async (_, statement, values) => {
    expect(await rowsRead(statement, values)).toBeLessThanOrEqual(12);
  });
});

describe("among 20,000 imports", () => {
  it.each(Object.entries(importCases))("%s reads few rows", async (_, [statement, values]) => {
    expect(await rowsRead(statement, values)).toBeLessThanOrEqual(100);
  });
});
