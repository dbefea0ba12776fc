import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../turbo.ts";
import { bumpVersions } from "./bump-versions.ts";
import { infoVersion, withInfoVersion } from "./info-version.ts";
import { saveBaseline } from "./save-baseline.ts";

const PUBLISHED = ["spec", "packages/types", "packages/mock", "packages/client"];

describe("the version of the contract", () => {
  it("is the version of its package", async () => {
    const { version } = JSON.parse(await readFile(`${root}spec/package.json`, "utf8"));
    expect(infoVersion(await readFile(`${root}spec/openapi.yaml`, "utf8"))).toBe(version);
  });

  it("is replaced without any other change", () => {
    const before =
      "openapi: 3.1.0\ninfo:\n  title: A\n  description: |\n    version: 3\n\n  version: 0.1.0\nx:\n  version: 7\n";
    expect(withInfoVersion(before, "1.0.0")).toBe(before.replace("0.1.0", "1.0.0"));
  });

  it("cannot be replaced if it is missing", () => {
    expect(() => withInfoVersion("openapi: 3.1.0\ninfo:\n  title: A\nx:\n  version: 7\n", "1.0.0")).toThrow("no line");
  });
});

describe("a release", () => {
  it("applies the changesets, and sets the version of the contract to the version of its package", async () => {
    const copy = await copyOfRepo();
    const contract = await readFile(join(copy, "spec/openapi.yaml"), "utf8");
    const [major] = infoVersion(contract).split(".");

    const version = await bumpVersions(copy);

    expect(version).toBe(`${Number(major) + 1}.0.0`);
    for (const folder of PUBLISHED) {
      expect(JSON.parse(await readFile(join(copy, folder, "package.json"), "utf8"))).toMatchObject({ version });
      expect(await readFile(join(copy, folder, "CHANGELOG.md"), "utf8")).toContain(`## ${version}\n`);
    }
    expect(await readFile(join(copy, "spec/openapi.yaml"), "utf8")).toBe(withInfoVersion(contract, version));
    expect(await readdir(join(copy, ".changeset"))).toEqual(["config.json"]);
  });

  it("fails without a changeset", async () => {
    const copy = await copyOfRepo();
    await bumpVersions(copy);
    await expect(bumpVersions(copy)).rejects.toThrow("No unreleased changesets found");
  });

  it("saves the bundle with a header that explains how it was generated", async () => {
    const folder = await temporaryFolder();
    await cp(`${root}spec/openapi.yaml`, join(folder, "bundle.yaml"));
    await saveBaseline(join(folder, "bundle.yaml"), join(folder, "released/openapi.yaml"));

    const released = await readFile(join(folder, "released/openapi.yaml"), "utf8");
    expect(released).toMatch(/^# Generated: do not edit\./);
    expect(released.endsWith(await readFile(join(folder, "bundle.yaml"), "utf8"))).toBe(true);
  });
});

/** Copies the files of a release, and adds a changeset for two packages. The other packages are linked to them. */
async function copyOfRepo(): Promise<string> {
  const copy = await temporaryFolder();
  const manifests = PUBLISHED.map((folder) => `${folder}/package.json`);
  for (const file of [
    "package.json",
    "pnpm-workspace.yaml",
    ".changeset/config.json",
    "spec/openapi.yaml",
    ...manifests,
  ]) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(root + file, join(copy, file));
  }
  const changeset = `---\n"@memory-api/spec": major\n"@memory-api/types": major\n---\n\nStores have owners.\n`;
  await writeFile(join(copy, ".changeset/owners.md"), changeset);
  return copy;
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "release-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}
