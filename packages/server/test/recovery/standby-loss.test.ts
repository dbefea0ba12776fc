import { it } from "vitest";
import { Writer } from "../crash/writer.ts";
import { administer } from "../postgres/postgres-for-tests.ts";
import { expectRecovery } from "../processes/storage-outage.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests } from "../support/settings-for-tests.ts";
import { reasonWithoutTools } from "./postgres-cluster.ts";
import { reasonWithoutHaproxy, startHaproxy } from "./start-haproxy.ts";
import { startPair } from "./start-pair.ts";

it("A server whose synchronous standby is killed returns 503 until commits need not wait for it, and loses nothing", {
  timeout: 300_000,
}, async ({ skip }) => {
  const reasonToSkip = reasonWithoutTools ?? reasonWithoutHaproxy;
  skip(reasonToSkip !== undefined, reasonToSkip);
  const { primary, standby } = await startPair();
  const databaseUrl = await startHaproxy(primary, standby);
  const settings = { ...settingsForTests, databaseUrl, imports: { leaseMs: 1_000, pollMs: 100 } };
  const { url } = await startServerProcess(settings);
  const doNotWait = ["ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()"];
  await expectRecovery(
    new Writer(),
    url,
    { dataFolder: "", databaseUrl: primary.url },
    { begin: () => standby.kill(), end: async () => void (await administer(primary.url, ...doNotWait)) },
  );
});
