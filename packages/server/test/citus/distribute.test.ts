import { describe, expect, it } from "vitest";
import { ClusterError } from "../../src/storage/postgres/cluster.ts";
import { DEFAULT_SHARD_COUNT, distributePostgres } from "../../src/storage/postgres/distribute.ts";
import { MIGRATIONS, STORE_TABLES } from "../../src/storage/postgres/migrations.ts";
import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { memoryServer, outcomeOf } from "../command/memory-server.ts";
import { administer } from "../postgres/postgres-for-tests.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import { upsertEmail } from "../storage-contract/commands.ts";
import { expectMigrated, firstVersionRows } from "../storage-contract/first-version.ts";
import { applyOne } from "../storage-contract/profile-reader.ts";
import { storeId } from "../storage-contract/storage-engine.ts";
import { useCitus, workersOf } from "./use-citus.ts";

const DISTRIBUTION = `SELECT table_name::text AS name, citus_table_type AS type, distribution_column AS key, colocation_id AS colocation,
  shard_count::int AS shards FROM citus_tables`;

async function distributionOf(databaseUrl: string) {
  const [result] = await administer(databaseUrl, DISTRIBUTION);
  const tables = result?.rows ?? [];
  return {
    byStore: new Set(
      tables.flatMap(({ name, type, key }) => (`${type} ${key}` === "distributed store_id" ? [name] : [])),
    ),
    copied: tables.flatMap(({ name, type }) => (type === "reference" ? [name] : [])),
    colocations: new Set(tables.flatMap(({ type, colocation }) => (type === "distributed" ? [colocation] : []))).size,
    shards: new Set(tables.flatMap(({ type, shards }) => (type === "distributed" ? [shards] : []))),
  };
}

describe("Citus: memory-server migrate --distribute citus", () => {
  const citus = useCitus();

  it("distributes every table by store, in the same shards, and copies the schema version to every node", async () => {
    const databaseUrl = await citus.createEmpty();
    const environment = { DATABASE_URL: databaseUrl };
    const run = (...options: string[]) => outcomeOf(memoryServer(["migrate", ...options], { environment }));
    const done = { code: 0, printed: "The tables are up to date and distributed.\n", complaint: "" };
    expect(await run("--distribute", "citus", "--shard-count", "4")).toEqual(done);
    expect(await distributionOf(databaseUrl)).toEqual({
      byStore: new Set(STORE_TABLES),
      copied: ["schema_version"],
      colocations: 1,
      shards: new Set([4]),
    });
    expect(await run("--distribute", "citus")).toEqual(done);
    expect(await run()).toMatchObject({ code: 0 });
    expect(await run("--distribute", "citus", "--shard-count", "8")).toMatchObject({
      code: 1,
      complaint: expect.stringContaining("The tables have 4 shards."),
    });
  });

  it("can be run by several processes at once, and uses the default number of shards", async () => {
    const databaseUrl = await citus.createEmpty();
    await Promise.all(Array.from({ length: 3 }, () => distributePostgres({ databaseUrl })));
    expect((await distributionOf(databaseUrl)).shards).toEqual(new Set([DEFAULT_SHARD_COUNT]));
  });

  it("migrates distributed tables, and distributes a table that a migration adds", async () => {
    const databaseUrl = await citus.createEmpty();
    const createVersion = "CREATE TABLE schema_version (id integer PRIMARY KEY, version integer NOT NULL)";
    await administer(
      databaseUrl,
      ...(MIGRATIONS[0] ?? []),
      createVersion,
      "INSERT INTO schema_version VALUES (1, 1)",
      "SELECT create_reference_table('schema_version')",
      ...[
        "profiles",
        "redirects",
        "identifiers",
        "trait_groups",
        "imports",
        "import_jobs",
        "upload_chunks",
        "probes",
      ].map(
        (name, at) =>
          `SELECT create_distributed_table('${name}', 'store_id', colocate_with := '${at ? "profiles" : "none"}')`,
      ),
      ...firstVersionRows(storeId),
    );
    await distributePostgres({ databaseUrl });
    const { storage } = await openPostgres({ databaseUrl });
    await expectMigrated(storage);
    await storage.close();
  });

  it("moves to the nodes what was written before", async () => {
    const databaseUrl = await citus.createEmpty();
    expect(await outcomeOf(memoryServer(["migrate"], { environment: { DATABASE_URL: databaseUrl } }))).toMatchObject({
      code: 0,
    });
    await administer(databaseUrl, `INSERT INTO profiles VALUES ('${storeId}', 'mem_profile_1', 1)`);
    await distributePostgres({ databaseUrl });
    // Citus leaves the rows that it copied to the nodes. A migration that adds a constraint would check them.
    const sizes = "SELECT pg_relation_size('profiles')::int AS bytes";
    expect((await administer(databaseUrl, sizes))[0]?.rows).toMatchObject([{ bytes: 0 }]);
    const { storage } = await openPostgres({ databaseUrl });
    expect(await storage.listProfiles(storeId, "ASC", 10)).toEqual(["mem_profile_1"]);
    await storage.close();
  });
});

describe("Citus: a server", () => {
  const citus = useCitus();

  it("does not start on a cluster without tables, and does not create them", async () => {
    const databaseUrl = await citus.createEmpty();
    await expect(openPostgres({ databaseUrl })).rejects.toThrow(
      /^These tables are not distributed .*: schema_version, profiles, .* Run memory-server migrate --distribute citus\.$/,
    );
    const [result] = await administer(databaseUrl, "SELECT to_regclass('profiles') AS found");
    expect(result?.rows).toEqual([{ found: null }]);
  });

  it.each([
    ["is not distributed", (name: string) => `SELECT undistribute_table('${name}')`],
    ["has shards of its own", (name: string) => `SELECT alter_distributed_table('${name}', colocate_with := 'none')`],
  ])("does not start if a table %s", async (_, change) => {
    const databaseUrl = await citus.create();
    await administer(databaseUrl, change("trait_groups"));
    const opened = openPostgres({ databaseUrl });
    await expect(opened).rejects.toThrow(ClusterError);
    await expect(opened).rejects.toThrow("by store: trait_groups. Run memory-server migrate --distribute citus.");
  });

  it("does not start on a worker, with or without the catalogue of the cluster", async () => {
    const databaseUrl = await citus.create();
    const { storage } = await openPostgres({ databaseUrl });
    await applyOne(storage, upsertEmail("ada"));
    await storage.close();
    const [worker] = await workersOf(databaseUrl);
    const url = worker?.url ?? "";
    const complaint = "The database is on a worker of a Citus cluster. Connect to the coordinator.";
    await expect(openPostgres({ databaseUrl: url })).rejects.toThrow(complaint);
    expect(await outcomeOf(memoryServer(["migrate"], { environment: { DATABASE_URL: url } }))).toMatchObject({
      code: 1,
      complaint: `memory-server: ${complaint}\n`,
    });
    await administer(databaseUrl, `SELECT stop_metadata_sync_to_node('${worker?.nodename}', ${worker?.nodeport})`);
    await expect(openPostgres({ databaseUrl: url })).rejects.toThrow(ClusterError);
  });
});

describe("memory-server migrate --distribute citus", () => {
  const createDatabase = usePostgres();

  it("is refused on a database without Citus", async () => {
    const environment = { DATABASE_URL: await createDatabase() };
    expect(await outcomeOf(memoryServer(["migrate", "--distribute", "citus"], { environment }))).toEqual({
      code: 1,
      printed: "",
      complaint:
        "memory-server: The database is not the coordinator of a Citus cluster: it does not have the extension.\n",
    });
  });

  it.each([
    [["--distribute", "yugabyte"], "--distribute must be citus, not yugabyte."],
    [["--shard-count", "32"], "--shard-count needs --distribute citus."],
    [["--distribute", "citus", "--shard-count", "0"], "--shard-count must be an integer from 1 to 64000, not 0."],
    [["--distribute", "citus", "--shard-count", "many"], "--shard-count must be an integer from 1 to 64000, not many."],
  ])("is refused with the options %j", async (options, complaint) => {
    expect(await outcomeOf(memoryServer(["migrate", ...options]))).toEqual({
      code: 1,
      printed: "",
      complaint: `memory-server: ${complaint}\n`,
    });
  });
});
