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
  it("is the version of its package, also in the build", async () => {
    const { version } = await manifestOf("spec");
    expect(infoVersion(await readFile(`${root}spec/openapi.yaml`, "utf8"))).toBe(version);
    expect(JSON.parse(await readFile(`${root}spec/dist/contract.json`, "utf8"))).toMatchObject({ version });
  });

  it("is recorded by every other published package that is built from it", async () => {
    const { version } = await manifestOf("spec");
    const folders = (await readdir(`${root}packages`)).map((name) => `packages/${name}`);
    const manifests = await Promise.all(folders.map(manifestOf));
    const published = manifests.filter((manifest) => manifest["private"] !== true);
    // It knows nothing of this API.
    const expected = (name: unknown) => (name === "@memory-api/json-schema-arbitrary" ? undefined : version);
    expect(published.map((manifest) => [manifest["name"], manifest["contractVersion"]])).toEqual(
      published.map(({ name }) => [name, expected(name)]),
    );
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
      const recorded = folder === "spec" ? {} : { contractVersion: version };
      expect(JSON.parse(await readFile(join(copy, folder, "package.json"), "utf8"))).toMatchObject({
        version,
        ...recorded,
      });
      expect(await readFile(join(copy, folder, "CHANGELOG.md"), "utf8")).toContain(`## ${version}\n`);
    }
    expect(await readFile(join(copy, "spec/openapi.yaml"), "utf8")).toBe(withInfoVersion(contract, version));
    expect(await readdir(join(copy, ".changeset"))).toEqual(["config.json"]);
    const manifest = JSON.parse(await readFile(join(copy, "examples/node-consumer/package.json"), "utf8"));
    expect(manifest.dependencies).toMatchObject({ "@memory-api/client": `^${version}` });
    expect(JSON.parse(await readFile(join(copy, "examples/node-consumer/memory-usage.json"), "utf8"))).toMatchObject({
      contractVersion: version,
    });
  });

  it("fails without a changeset", async () => {
    const copy = await copyOfRepo();
    await bumpVersions(copy);
    await expect(bumpVersions(copy)).rejects.toThrow("No unreleased changesets found");
  });

  it("saves the bundle with a header that explains how it was generated, the types, and the programs that use them", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "types"));
    await writeFile(join(folder, "types/gone.ts"), "");
    await saveBaseline(root, folder);

    const released = await readFile(join(folder, "openapi.yaml"), "utf8");
    expect(released).toMatch(/^# Generated: do not edit\./);
    expect(released.endsWith(await readFile(`${root}spec/dist/openapi.yaml`, "utf8"))).toBe(true);
    expect(await readdir(join(folder, "types"))).toEqual(await readdir(`${root}packages/types/src`));
    expect(await readdir(join(folder, "consumers"))).toEqual(await readdir(`${root}packages/types/test/compiles`));
  });
});

async function manifestOf(folder: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(`${root}${folder}/package.json`, "utf8"));
}

/** Copies the files of a release, and adds a changeset for two packages. The other packages are linked to them. */
async function copyOfRepo(): Promise<string> {
  const copy = await temporaryFolder();
  const manifests = PUBLISHED.map((folder) => `${folder}/package.json`);
  for (const file of [
    "package.json",
    "pnpm-workspace.yaml",
    ".changeset/config.json",
    "spec/openapi.yaml",
    "examples/node-consumer/package.json",
    "examples/node-consumer/memory-usage.json",
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
