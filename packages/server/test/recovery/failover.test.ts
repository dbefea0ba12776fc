import { describe, expect, it, onTestFinished } from "vitest";
import { expectNothingLost } from "../crash/expect-nothing-lost.ts";
import { Writer } from "../crash/writer.ts";
import { reasonWithoutPgBouncer, startPgBouncer } from "../pgbouncer/start-pgbouncer.ts";
import { administer } from "../postgres/postgres-for-tests.ts";
import "../support/coverage.ts";
import { KeepAliveClient } from "../support/keep-alive-client.ts";
import { deployed, runProgram } from "../support/programs.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { connectionString, reasonWithoutTools } from "./postgres-cluster.ts";
import { portsBehind, reasonWithoutHaproxy, startHaproxy } from "./start-haproxy.ts";
import { type Pair, startPair } from "./start-pair.ts";

const reasonToSkip = reasonWithoutTools ?? reasonWithoutHaproxy ?? reasonWithoutPgBouncer;
const isSoak = process.env["SOAK"] !== undefined;
const WRITES = isSoak ? 5_000 : 300;

type Case = [event: string, way: string, end: (pair: Pair) => Promise<void> | void];
const hang = ({ primary }: Pair) => primary.freeze();
const CASES: readonly Case[] = [["is killed while commits wait for the standby", "HAProxy", killDuringCommits]];
const MORE_CASES: readonly Case[] = [
  ["hangs", "HAProxy", hang],
  ["hangs", "PgBouncer and HAProxy", hang],
  ["is killed while commits wait for the standby", "PgBouncer and HAProxy", killDuringCommits],
];

describe("two servers whose primary", () => {
  it.for(isSoak ? [...CASES, ...MORE_CASES] : CASES)(
    "%s, through %s, continue on a synchronous standby, and lose no acknowledged write",
    { timeout: 600_000 },
    async ([event, way, end], { skip, task }) => {
      skip(reasonToSkip !== undefined, reasonToSkip);
      const pair = await startPair();
      const { primary, standby } = pair;
      const haproxyUrl = await startHaproxy(primary, standby);
      const databaseUrl = way === "HAProxy" ? haproxyUrl : await throughPgBouncer(haproxyUrl);
      const settings = { ...settingsForTests, databaseUrl, imports: { leaseMs: 1_000, pollMs: 100 } };
      const urls = [(await startServerProcess(settings)).url, (await startServerProcess(settings)).url];
      const writer = new Writer();
      const stop = new AbortController();
      const written = urls.map((url) => writer.write(url, stop.signal));
      await writer.more(WRITES);

      await end(pair);
      const before = writer.acknowledged;
      const endedAt = performance.now();
      const outages = urls.map((url) => untilAccepted(url, endedAt));
      await runProgram(deployed("postgresql/promote.sh"), [], { STANDBY: connectionString(standby) });
      const promotedMs = performance.now() - endedAt;
      const outageMs = Math.max(...(await Promise.all(outages)));
      // A machine that hung may continue after its standby was promoted.
      if (end === hang) primary.thaw();
      await writer.more(WRITES);
      stop.abort();
      await Promise.all(written);

      await expect.poll(() => portsBehind(haproxyUrl).catch(() => undefined)).toEqual(new Set([standby.port]));
      const place = { dataFolder: "", databaseUrl: standby.url };
      for (const client of urls.map((url) => new KeepAliveClient(url))) {
        await expect.poll(() => client.readiness()).toBe(200);
      }
      await expectNothingLost(writer, urls[0] ?? "", place);
      task.meta.coverage =
        `0 of ${writer.acknowledged} acknowledged writes lost, ${before} of them before the primary of two servers ${event}; ` +
        `the standby was promoted after ${seconds(promotedMs)} s, and writes through ${way} continued after ${seconds(outageMs)} s`;
    },
  );
});

/** Stops the log on its way to the standby, so that commits wait that only the primary has on disk. */
async function killDuringCommits({ primary }: Pair): Promise<void> {
  const [senders] = await administer(primary.url, "SELECT pid FROM pg_stat_replication");
  process.kill(senders?.rows[0]?.pid, "SIGSTOP");
  const waiting = "SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  await expect.poll(async () => (await administer(primary.url, waiting))[0]?.rowCount).toBeGreaterThan(0);
  await primary.kill();
}

async function throughPgBouncer(databaseUrl: string): Promise<string> {
  const pgBouncer = await startPgBouncer({ databaseUrl });
  onTestFinished(() => pgBouncer.stop());
  return pgBouncer.through(databaseUrl);
}

/** Sends creates until one is accepted. Returns its time since an instant, in milliseconds. */
async function untilAccepted(url: string, since: number): Promise<number> {
  const client = new KeepAliveClient(url);
  const body = { traits: { Contact: { email: "late@example.com" } } };
  let status: number | undefined;
  while (status !== 202) {
    ({ status } = await client.send("createProfile", { path: { storeId }, body }));
    expect([202, 503]).toContain(status);
  }
  return performance.now() - since;
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);
