import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../turbo.ts";

/** Stands in for the command of GitHub: prints its arguments to a file, and knows the tags and releases in another one. */
const gh = `#!/usr/bin/env bash
call="$*"
printf '%s\\n' "$call" >> calls
case "$call" in
  *git/ref/tags/*) grep -qxF "tag \${call##*git/ref/tags/}" existing ;;
  "release view "*) grep -qxF "release \${call##release view }" existing ;;
esac
`;

const plan = {
  version: 1,
  plan: [
    [
      { name: "@memory-api/json-schema-arbitrary", version: "1.0.1" },
      { name: "@memory-api/spec", version: "1.1.0" },
    ],
    [{ name: "@memory-api/types", version: "1.1.0" }],
  ],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "release-steps-"));
  for (const name of ["assets", "bin", "release"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "bin/gh"), gh);
  await chmod(join(folder, "bin/gh"), 0o755);
  await writeFile(join(folder, "assets/openapi.yaml"), "");
  return () => rm(folder, { recursive: true });
});

describe("the step that creates the tags and the release", () => {
  it("tags every published package, and creates the release of the contract with its assets", async () => {
    expect(writesOf(await run(plan))).toEqual([
      "api --silent repos/memory-api/contract/git/refs -f ref=refs/tags/@memory-api/json-schema-arbitrary@1.0.1 -f sha=abc",
      "api --silent repos/memory-api/contract/git/refs -f ref=refs/tags/@memory-api/spec@1.1.0 -f sha=abc",
      "api --silent repos/memory-api/contract/git/refs -f ref=refs/tags/@memory-api/types@1.1.0 -f sha=abc",
      "release create @memory-api/spec@1.1.0 --verify-tag --title @memory-api/spec@1.1.0 --notes-file release-notes.md assets/openapi.yaml",
    ]);
  });

  it("creates only what is missing if it runs again", async () => {
    const existing = ["tag @memory-api/json-schema-arbitrary@1.0.1", "tag @memory-api/spec@1.1.0"];
    expect(writesOf(await run(plan, existing))).toEqual([
      expect.stringContaining("ref=refs/tags/@memory-api/types@1.1.0"),
      expect.stringContaining("release create @memory-api/spec@1.1.0"),
    ]);
    const complete = [...existing, "tag @memory-api/types@1.1.0", "release @memory-api/spec@1.1.0"];
    expect(writesOf(await run(plan, complete))).toEqual([]);
  });

  it("names the release after the first package if the contract is not released", async () => {
    const [, types = []] = plan.plan;
    const calls = await run({ ...plan, plan: [types] });
    expect(calls.at(-1)).toContain("release create @memory-api/types@1.1.0 --verify-tag");
  });
});

/** Runs the step, and returns the calls of `gh`. */
async function run(published: object, existing: readonly string[] = []): Promise<string[]> {
  const { jobs } = parse(await readFile(join(root, ".github/workflows/release.yml"), "utf8"));
  const steps: { name?: string; run: string }[] = jobs["github-release"].steps;
  const step = steps.find(({ name }) => name === "Create the tags and the release");
  await writeFile(join(folder, "release/publish-plan.json"), JSON.stringify(published));
  await writeFile(join(folder, "existing"), existing.map((line) => `${line}\n`).join(""));
  await writeFile(join(folder, "calls"), "");
  const env = {
    PATH: [join(folder, "bin"), process.env["PATH"]].join(delimiter),
    GH_REPO: "memory-api/contract",
    GITHUB_SHA: "abc",
  };
  const options = ["--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step?.run ?? "exit 1"];
  await promisify(execFile)("bash", options, { cwd: folder, env });
  return (await readFile(join(folder, "calls"), "utf8")).trim().split("\n");
}

function writesOf(calls: readonly string[]): string[] {
  return calls.filter((call) => / -f |release create/.test(call));
}
