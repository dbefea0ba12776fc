import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migratePostgres } from "../../src/storage/postgres/migrate.ts";
import * as sql from "../../src/storage/postgres/statements.ts";
import { storeId } from "../storage-contract/storage-engine.ts";
import { administer, reasonToSkip } from "./postgres-for-tests.ts";
import { importCases, importInspectionCases, inspectionCases, profileCases } from "./statement-cases.ts";
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
  const cases = { ...profileCases(size), ...inspectionCases(size) };
  it.each(Object.entries(cases))("%s reads few rows", async (_, [statement, values]) => {
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
  it.each(Object.entries({ ...importCases, ...importInspectionCases }))(
    "%s reads few rows",
    async (_, [statement, values]) => {
      expect(await rowsRead(statement, values)).toBeLessThanOrEqual(100);
    },
  );
});
