import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { peopleFile } from "../processes/people-file.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { responsesInTrace, TRACED_CALLS } from "./responses-in-trace.ts";

const WRITES = 20;

/** Runs a server on SQLite, and returns the trace of its system calls while it receives these requests. */
async function traceOf(
  calls: string,
  skip: (condition: boolean, note: string) => void,
  requests: (client: KeepAliveClient) => Promise<void>,
): Promise<string> {
  skip(process.platform !== "linux", "strace is only available on Linux");
  const { error, status } = spawnSync("strace", ["-o", "/dev/null", "true"]);
  skip(error !== undefined, "strace is not installed: apt-get install strace");
  skip(status !== 0, "strace is not permitted: allow ptrace");
  const dataFolder = await temporaryFolder();
  const trace = join(dataFolder, "trace");
  const strace = ["strace", "-f", "-y", "-o", trace, "-e", `trace=${calls}`];
  const server = await startServerProcess({ ...settingsForTests, dataFolder }, { runner: strace });
  await requests(new KeepAliveClient(server.url));
  await server.stop();
  return readFile(trace, "utf8");
}

it("A server on SQLite responds only after the accepted write is on disk", async ({ skip }) => {
  const trace = await traceOf(TRACED_CALLS, skip, async (client) => {
    for (let write = 0; write < WRITES; write++) {
      const body = { traits: { Contact: { email: `${write}@example.com` } } };
      bodyOf(await client.send("createProfile", { path: { storeId }, body }), 202);
    }
  });
  expect(responsesInTrace(trace)).toEqual({ all: WRITES, early: 0 });
});

it("A server on SQLite responds to an upload only after the file and its name are on disk", async ({ skip }) => {
  const { csv, announced } = peopleFile();
  const trace = await traceOf(`rename,renameat,renameat2,${TRACED_CALLS}`, skip, async (client) => {
    const created = await client.send("createProfilesImportV2", { path: { storeId }, body: announced });
    bodyOf(await client.upload(bodyOf(created, 201).url, csv), 200);
  });
  const steps = [
    /fsync\(\d+<[^>]*\/uploads\/mem_import_[^>]*\.part>/,
    /rename\w*\(.*mem_import_.*\.part"/,
    /fsync\(\d+<[^>]*\/uploads>/,
    /"HTTP\/1\.1 200 /,
  ];
  const lines = trace.split("\n");
  const found = lines.flatMap((line) => steps.filter((step) => step.test(line)));
  expect(found).toEqual(steps);
});
