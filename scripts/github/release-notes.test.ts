import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../turbo.ts";
import { runScript } from "./run-script.ts";

const script = join(root, "scripts/github/release-notes.ts");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "release-notes-"));
  await mkdir(join(folder, "spec"));
  await mkdir(join(folder, "packages/types"), { recursive: true });
  await writeFile(join(folder, "spec/package.json"), '{ "name": "@memory-api/spec" }');
  await writeFile(join(folder, "packages/types/package.json"), '{ "name": "@memory-api/types" }');
  const changelog =
    "# @memory-api/spec\n\n## 1.1.0\n\n### Minor Changes\n\n- Add a header\n\n## 1.0.0\n\n### Major Changes\n\n- First\n";
  await writeFile(join(folder, "spec/CHANGELOG.md"), changelog);
  await writeFile(join(folder, "packages/types/CHANGELOG.md"), "# @memory-api/types\n\n## 1.1.0\n");
  return () => rm(folder, { recursive: true });
});

async function notesOf(...releases: { name: string; version: string }[]): Promise<string> {
  await writeFile(
    join(folder, "publish-plan.json"),
    JSON.stringify({ version: 1, plan: releases.map((each) => [each]) }),
  );
  return runScript(script, [folder, folder]);
}

describe("the notes of a release", () => {
  it("contain what the changelog of each package says about its version", async () => {
    const [spec, types] = ["spec", "types"].map((name) => ({ name: `@memory-api/${name}`, version: "1.1.0" }));
    expect(spec && types && (await notesOf(spec, types))).toBe(
      "## @memory-api/spec 1.1.0\n\n#### Minor Changes\n\n- Add a header\n\n## @memory-api/types 1.1.0\n\n\n\n",
    );
  });

  it("need a changelog with the version", async () => {
    await expect(notesOf({ name: "@memory-api/spec", version: "2.0.0" })).rejects.toThrow(
      "The changelog has no version 2.0.0. Run: npx -y pnpm@12 run version",
    );
  });
});
