import { appendFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ProfileId } from "@memory-api/types";
import { expect, it, onTestFinished } from "vitest";
import { administer } from "../postgres/postgres-for-tests.ts";
import { peopleFile } from "../processes/people-file.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { deployed, folderForPrograms, readDeployed, runProgram } from "../support/programs.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import {
  type Cluster,
  connectionString,
  createRoles,
  initializeCluster,
  reasonWithoutTools,
  startCluster,
} from "./postgres-cluster.ts";

const path = { storeId } as const;

it("A database that is restored to a time has every write before it and none after", { timeout: 300_000 }, async ({
  skip,
}) => {
  skip(reasonWithoutTools !== undefined, reasonWithoutTools);
  const folder = await folderForPrograms();
  onTestFinished(() => rm(folder, { recursive: true }));
  const [dataFolder, backup, restored] = [join(folder, "data"), join(folder, "backup"), join(folder, "restored")];
  const archive = join(folder, "archive");
  await runProgram("mkdir", [archive]);
  await initializeCluster(dataFolder);
  const settings = await readDeployed("postgresql/archive.conf", { "/var/backups/wal": archive });
  await appendFile(join(dataFolder, "postgresql.conf"), settings);
  const original = await startCluster(dataFolder);
  const before = await serve(original);
  const first = await create(before, "first@example.com");
  await createRoles(original);
  const server = connectionString(original, "replication");
  await runProgram(deployed("postgresql/base-backup.sh"), [], { SERVER: server, BACKUP: backup });

  const earlier = await create(before, "earlier@example.com");
  const { csv, announced, summary } = peopleFile();
  const { importId, url } = bodyOf(await before.send("createProfilesImportV2", { path, body: announced }), 201);
  const time = await textOf(original, "clock_timestamp()");
  const later = await create(before, "later@example.com");
  await create(before, "earlier@example.com", "Later");
  bodyOf(await before.upload(url, csv), 200);
  await importEnd(before, storeId, importId);
  const segment = await textOf(original, "pg_walfile_name(pg_current_wal_lsn())");
  await textOf(original, "pg_switch_wal()");
  const archived = () => textOf(original, "last_archived_wal", "FROM pg_stat_archiver");
  await expect.poll(archived).toBe(segment);
  await original.kill();

  const variables = { BACKUP: backup, ARCHIVE: archive, TIME: time, PGDATA: restored };
  await runProgram(deployed("postgresql/restore-to-time.sh"), [], variables);
  const after = await serve(await startCluster(restored));
  expect((await fetch(after, first)).status).toBe(200);
  expect(await fetch(after, earlier)).toMatchObject({
    status: 200,
    body: { traits: { Contact: { email: "earlier@example.com" } } },
  });
  expect((await fetch(after, later)).status).toBe(404);
  expect(await create(after, "earlier@example.com")).toBe(earlier);
  expect(await create(after, "later@example.com")).not.toBe(later);
  // The file arrived later, so the import waits for it again, at the same URL.
  const { status } = bodyOf(await after.send("fetchProfileImportV2", { path: { storeId, importId } }), 200);
  expect(status).toBe("PENDING");
  bodyOf(await after.upload(url, csv), 200);
  expect(await importEnd(after, storeId, importId)).toMatchObject({ status: "COMPLETED", summary });
});

async function serve({ url: databaseUrl }: Cluster): Promise<KeepAliveClient> {
  const imports = { leaseMs: 1_000, pollMs: 50 };
  return new KeepAliveClient((await startServerProcess({ ...settingsForTests, databaseUrl, imports })).url);
}

async function create(client: KeepAliveClient, email: string, firstName?: string) {
  const body = { traits: { Contact: { email, ...(firstName !== undefined && { firstName }) } } };
  return bodyOf(await client.send("createProfile", { path, body }), 202).id;
}

function fetch(client: KeepAliveClient, profileId: ProfileId) {
  return client.send("fetchProfile", { path: { storeId, profileId } });
}

async function textOf({ url }: Cluster, expression: string, from = ""): Promise<string> {
  const [result] = await administer(url, `SELECT (${expression})::text AS text ${from}`);
  return result?.rows[0]?.text;
}
