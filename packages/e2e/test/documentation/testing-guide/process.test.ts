import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";

const run = promisify(execFile);
const here = fileURLToPath(new URL(".", import.meta.url));
const hasPython = await run("python3", ["--version"]).then(
  () => true,
  () => false,
);

it("tests in another language run against the server as a process", async ({ skip }) => {
  skip(!hasPython, "There is no python3.");
  const folder = await mkdtemp(join(tmpdir(), "memory-guide-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const file of ["run-tests.sh", "sign_up_test.py"]) await copyFile(join(here, file), join(folder, file));
  await symlink(join(here, "../../../node_modules"), join(folder, "node_modules"));
  const { stderr } = await run("sh", ["run-tests.sh"], { cwd: folder });
  expect(stderr).toMatch(/test_a_customer_who_signs_up_again_is_found .*ok\n.*Ran 1 test/s);
});
