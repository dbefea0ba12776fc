import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMemoryClient } from "@memory-api/client";
import { expect, it, onTestFinished } from "vitest";
import { storeId } from "../../server/samples.ts";
import { startServerProcess } from "../../server/server-process.ts";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const hasPython = await run("python3", ["--version"]).then(
  () => true,
  () => false,
);

it("runs tests in another language against the server as a process", async ({ skip }) => {
  skip(!hasPython, "python3 is not installed.");
  const folder = await mkdtemp(join(tmpdir(), "memory-guide-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const file of ["run-tests.sh", "sign_up_test.py"]) await copyFile(join(here, file), join(folder, file));
  await symlink(join(here, "../../../node_modules"), join(folder, "node_modules"));
  const { stderr } = await run("sh", ["run-tests.sh"], { cwd: folder });
  expect(stderr).toMatch(/test_a_customer_who_signs_up_again_is_found .*ok\n.*Ran 1 test/s);
});

it("reads the traits of a store from a configuration file", async () => {
  const server = await startServerProcess(["--sandbox", "--config", join(here, "stores.yaml")]);
  onTestFinished(() => server.stop());
  const { url: baseUrl, apiKey, apiSecret } = server;
  const { profiles } = createMemoryClient({ baseUrl, credentials: { apiKey, apiSecret } }).store(storeId);
  const traits = { Contact: { email: "ada.reyes@example.com" }, Loyalty: { points: 120 } };
  const { id } = await profiles.create({ traits });
  expect(await profiles.waitFor(id)).toMatchObject({ traits });
});
