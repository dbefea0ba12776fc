import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { responsesInTrace, TRACED_CALLS } from "./responses-in-trace.ts";

const WRITES = 20;

it("A server on SQLite responds only after the accepted write is on disk", async ({ skip }) => {
  skip(process.platform !== "linux", "strace is only available on Linux");
  const { error, status } = spawnSync("strace", ["-o", "/dev/null", "true"]);
  skip(error !== undefined, "strace is not installed: apt-get install strace");
  skip(status !== 0, "strace is not permitted: allow ptrace");
  const dataFolder = await temporaryFolder();
  const trace = join(dataFolder, "trace");
  const strace = ["strace", "-f", "-y", "-o", trace, "-e", `trace=${TRACED_CALLS}`];

  const server = await startServerProcess({ ...settingsForTests, dataFolder }, { runner: strace });
  const client = new KeepAliveClient(server.url);
  for (let write = 0; write < WRITES; write++) {
    const body = { traits: { Contact: { email: `${write}@example.com` } } };
    bodyOf(await client.send("createProfile", { path: { storeId }, body }), 202);
  }
  await server.stop();
  expect(responsesInTrace(await readFile(trace, "utf8"))).toEqual({ all: WRITES, early: 0 });
});
