import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as importStatements from "../../src/storage/postgres/import-statements.ts";
import { migratePostgres } from "../../src/storage/postgres/migrate.ts";
import * as profileStatements from "../../src/storage/postgres/profile-statements.ts";
import { storeId } from "../storage-contract/storage-engine.ts";
import { administer, reasonToSkip } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

// A plan that reads a table from end to end is fast in every other test, and unusable in a store of real size.

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
    `INSERT INTO profiles SELECT '${storeId}', ${profileId}, n ${rows(100_000)}`,
    `INSERT INTO redirects SELECT '${storeId}', 'lost ' || n, ${profileId} ${rows(100_000)}`,
    `INSERT INTO identifiers SELECT '${storeId}', 'email', n::text, ${profileId}, n ${rows(100_000)}`,
    `INSERT INTO identifiers SELECT '${storeId}', 'phone', n::text, ${profileId}, n ${rows(100_000)}`,
    `INSERT INTO trait_groups SELECT '${storeId}', ${profileId}, 'Contact', repeat('trait', 40) ${rows(100_000)}`,
    `INSERT INTO imports SELECT '${storeId}', n, '', 1, '', '', n, n, n, NULL, 0, 0, 0, 0 ${rows(20_000)}`,
    `INSERT INTO import_jobs SELECT '${storeId}', n, n, 'owner' ${rows(20_000)}`,
    `INSERT INTO upload_chunks SELECT '${storeId}', n, 'upload', 0, '' ${rows(20_000)}`,
    "ANALYZE",
  );
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
}, 300_000);
afterAll(() => client?.end());

interface Case {
  /** What follows the store. */
  readonly values: unknown[];
  /** The indexes that the plan uses. */
  readonly indexes: string[];
}

/** A value for each profile of a list. */
const each = (size: number, make: (n: number) => unknown) => Array.from({ length: size }, (_, at) => make(at * 97 + 1));

function profileCases(size: number): Record<keyof typeof profileStatements, Case> {
  const ids = each(size, (n) => `profile ${String(n).padStart(6, "0")}`);
  const lostIds = each(size, (n) => `lost ${n}`);
  const [types, values, times] = [each(size, () => "email"), each(size, String), each(size, (n) => n)];
  const [names, traits] = [each(size, () => "Contact"), each(size, () => "[]")];
  return {
    claimIdentifiers: { values: [types, values, ids, times], indexes: ["identifiers_pkey"] },
    selectOwners: { values: [types, values], indexes: ["identifiers_pkey"] },
    selectRedirects: { values: [lostIds], indexes: ["redirects_pkey"] },
    lockProfiles: { values: [ids], indexes: ["profiles_pkey"] },
    lockProfilesNow: { values: [ids], indexes: ["profiles_pkey"] },
    selectMergedIds: { values: [ids], indexes: ["redirects_by_canonical_id"] },
    selectIdentifiers: { values: [ids], indexes: ["identifiers_by_profile_id"] },
    selectTraitGroups: { values: [ids], indexes: ["trait_groups_pkey"] },
    insertProfiles: { values: [ids, times], indexes: [] },
    deleteProfiles: { values: [ids], indexes: ["profiles_pkey"] },
    deleteTraitGroupsOfProfiles: { values: [ids], indexes: ["trait_groups_pkey"] },
    upsertRedirects: { values: [lostIds, ids], indexes: ["redirects_pkey"] },
    deleteRedirects: { values: [lostIds], indexes: ["redirects_pkey"] },
    upsertIdentifiers: { values: [types, values, ids, times], indexes: ["identifiers_pkey"] },
    lockIdentifiersNow: { values: [types, values], indexes: ["identifiers_pkey"] },
    deleteIdentifiers: { values: [types, values], indexes: ["identifiers_pkey"] },
    upsertTraitGroups: { values: [ids, names, traits], indexes: ["trait_groups_pkey"] },
    deleteTraitGroups: { values: [ids, names], indexes: ["trait_groups_pkey"] },
    selectProfile: { values: [ids[0], names], indexes: ["profiles_pkey", "trait_groups_pkey"] },
    listProfilesAscending: { values: ["profile 000500", size], indexes: ["profiles_pkey"] },
    listProfilesDescending: { values: ["~", size], indexes: ["profiles_pkey"] },
  };
}

const importCases: Record<keyof typeof importStatements, Case> = {
  insertImport: { values: ["new", "", 1, "", "", 1, 1, 1, 0, 0, 0, 0], indexes: [] },
  insertJob: { values: ["new", 1], indexes: [] },
  selectImport: { values: ["7"], indexes: ["imports_pkey"] },
  listImports: { values: [100], indexes: ["imports_pkey"] },
  acceptUpload: { values: ["7", "upload", 1], indexes: ["imports_pkey"] },
  freeJob: { values: ["7", 1], indexes: ["import_jobs_pkey"] },
  selectDueJob: { values: [100], indexes: ["import_jobs_by_due_at"] },
  claimJob: { values: ["7", "owner", 1, 2], indexes: ["import_jobs_pkey"] },
  renewLease: { values: ["7", "owner", 1], indexes: ["import_jobs_pkey"] },
  releaseJob: { values: ["7", "owner", 1], indexes: ["import_jobs_pkey"] },
  deleteJob: { values: ["7", "owner"], indexes: ["import_jobs_pkey"] },
  updateImport: { values: ["7", "FAILED", 1, 0, 0, 0, 0], indexes: ["imports_pkey"] },
  insertChunk: { values: ["new", "upload", 0, Buffer.from("bytes")], indexes: [] },
  selectChunk: { values: ["7", "upload", 0], indexes: ["upload_chunks_pkey"] },
  deleteUpload: { values: ["7", "upload"], indexes: ["upload_chunks_pkey"] },
  deleteUploads: { values: ["7"], indexes: ["upload_chunks_pkey"] },
};

interface Plan {
  readonly "Node Type": string;
  readonly "Index Name"?: string;
  readonly "Conflict Arbiter Indexes"?: readonly string[];
  readonly Plans?: readonly Plan[];
}

/** What is told of the plan and of those that it is made of. */
function nodesOf(plan: Plan): readonly Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

async function explain(statement: string, values: readonly unknown[]): Promise<readonly Plan[]> {
  const { rows } = await client.query(`EXPLAIN (FORMAT JSON) ${statement}`, [storeId, ...values]);
  return nodesOf(rows[0]["QUERY PLAN"][0].Plan);
}

async function expectIndexes(statement: string, { values, indexes }: Case): Promise<void> {
  const nodes = await explain(statement, values);
  const used = nodes.flatMap((node) => [node["Index Name"] ?? [], node["Conflict Arbiter Indexes"] ?? []].flat());
  expect([...new Set(used)].sort()).toEqual(indexes);
  const kinds = nodes.map((node) => node["Node Type"]);
  expect(kinds).not.toContainEqual(expect.stringContaining("Seq Scan"));
  if (statement.includes("LIMIT")) expect(kinds).not.toContainEqual(expect.stringContaining("Sort"));
}

describe.each([1, 50])("among 100,000 profiles, for %i at once,", (size) => {
  it.each(Object.entries(profileCases(size)))("%s goes by its index", async (name, planned) => {
    await expectIndexes({ ...profileStatements }[name] ?? "", planned);
  });
});

describe("among 100,000 profiles, for the items of a bulk request,", () => {
  // Nothing removes as much at once, so the planner may do as it likes there.
  const cases = Object.entries(profileCases(1000)).filter(([name]) => !name.startsWith("delete"));
  it.each(cases)("%s goes by its index", async (name, planned) => {
    await expectIndexes({ ...profileStatements }[name] ?? "", planned);
  });
});

describe("among 20,000 imports", () => {
  it.each(Object.entries(importCases))("%s goes by its index", async (name, planned) => {
    await expectIndexes({ ...importStatements }[name] ?? "", planned);
  });
});
