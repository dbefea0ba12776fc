import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findCanaries } from "./find-canaries.ts";

const canary = "canary-0c5a3f2e-9d1b-4b7e-8a43-2f6d1c0b9e77";

describe("findCanaries", () => {
  it("finds the secrets of the tests in logs and reports, and ignores other files", async () => {
    const root = await mkdtemp(join(tmpdir(), "canaries-"));
    onTestFinished(() => rm(root, { recursive: true }));
    const texts = {
      ".turbo/turbo-test.log": "400 tests passed, without a canary",
      "packages/a/.turbo/turbo-test.log": `printed ${canary}`,
      "packages/a/.reports/vitest.json": "{}",
      "packages/b/.reports/vitest.json": `{"message": "expected '${canary}' to be"}`,
      "packages/b/test/a.test.ts": canary,
      "spec/.turbo/turbo-build.log": canary,
    };
    for (const [name, text] of Object.entries(texts)) {
      await mkdir(join(root, dirname(name)), { recursive: true });
      await writeFile(join(root, name), text);
    }
    expect(await findCanaries(root)).toEqual([
      "packages/a/.turbo/turbo-test.log",
      "packages/b/.reports/vitest.json",
      "spec/.turbo/turbo-build.log",
    ]);
  });
});
