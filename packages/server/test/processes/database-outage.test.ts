import { describe, it } from "vitest";
import { Writer } from "../crash/writer.ts";
import {
  type RestartablePostgres,
  reasonNotToRestart,
  startRestartablePostgres,
} from "../support/restartable-postgres.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests } from "../support/settings-for-tests.ts";
import { expectRecovery } from "./storage-outage.ts";

const TIMES = process.env["SOAK"] ? 10 : 1;

describe("a server whose PostgreSQL", () => {
  it.for<[event: string, begin: (postgres: RestartablePostgres) => Promise<void>]>([
    ["is stopped", (postgres) => postgres.stop()],
    ["crashes", (postgres) => postgres.crash()],
  ])("%s returns 503 until it is back, and loses nothing", { timeout: 600_000 }, async ([, begin], { skip }) => {
    skip(reasonNotToRestart !== undefined, reasonNotToRestart);
    const postgres = await startRestartablePostgres();
    const place = { dataFolder: "", databaseUrl: postgres.databaseUrl };
    const settings = { ...settingsForTests, ...place, imports: { leaseMs: 1_000, pollMs: 100 } };
    const { url } = await startServerProcess(settings);
    const writer = new Writer();
    for (let time = 0; time < TIMES; time++) {
      await expectRecovery(writer, url, place, { begin: () => begin(postgres), end: () => postgres.start() });
    }
  });
});
