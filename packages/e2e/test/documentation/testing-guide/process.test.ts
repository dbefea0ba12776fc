import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createMemoryClient } from "@memory-api/client";
import { describe, expect, it, onTestFinished } from "vitest";
import { storeId } from "../../server/samples.ts";
import { startServerProcess } from "../../support/server-process.ts";

const run = promisify(execFile);
const folder = import.meta.dirname;
const hasPython = await run("python3", ["--version"]).then(
  () => true,
  () => false,
);

describe("the server as a process", () => {
  it("runs tests in another language against a server process", async ({ skip }) => {
    skip(!hasPython, "python3 is not installed");
    const copy = await mkdtemp(join(tmpdir(), "memory-guide-"));
    onTestFinished(() => rm(copy, { recursive: true }));
    for (const file of ["run-tests.sh", "sign_up_test.py"]) await copyFile(join(folder, file), join(copy, file));
    await symlink(join(folder, "../../../node_modules"), join(copy, "node_modules"));
    const { stderr } = await run("sh", ["run-tests.sh"], { cwd: copy });
    expect(stderr).toMatch(/test_finds_a_customer_who_signs_up_again .*ok\n.*Ran 1 test/s);
  });

  it("reads the traits of a store from a configuration file", async () => {
    const server = await startServerProcess(["--sandbox", "--config", join(folder, "stores.yaml")]);
    onTestFinished(() => server.stop());
    const { url: baseUrl, apiKey, apiSecret } = server;
    const { profiles } = createMemoryClient({ baseUrl, credentials: { apiKey, apiSecret } }).store(storeId);
    const traits = { Contact: { email: "ada.reyes@example.com" }, Loyalty: { points: 120 } };
    const { id } = await profiles.create({ traits });
    expect(await profiles.waitFor(id)).toMatchObject({ traits });
  });
});
