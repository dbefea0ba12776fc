import { execFileSync } from "node:child_process";
import { it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { Writer } from "../crash/writer.ts";
import { startServerProcess } from "../support/server-process.ts";
import { settingsForTests } from "../support/settings-for-tests.ts";
import { expectRecovery } from "./storage-outage.ts";

it("A server with a full disk returns 503 until there is space, and loses nothing", async ({ skip }) => {
  skip(process.platform !== "linux", "limiting the file size of a running process requires Linux");
  const dataFolder = await temporaryFolder();
  const settings = { ...settingsForTests, dataFolder, imports: { leaseMs: 1_000, pollMs: 100 } };
  const { url, pid } = await startServerProcess(settings);
  const limitFiles = (bytes: string) => void execFileSync("prlimit", [`--pid=${pid}`, `--fsize=${bytes}:`]);
  const outage = { begin: () => limitFiles("4096"), end: () => limitFiles("unlimited") };
  await expectRecovery(new Writer(), url, { dataFolder }, outage);
});
