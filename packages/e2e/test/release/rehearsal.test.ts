import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { codeBlocks } from "../documentation/code-blocks.ts";
import { tagsOf } from "./git.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { createRehearsalRepository, type RehearsalRepository } from "./rehearsal-repository.ts";
import { createProject, type PackageManager, packageManagers } from "./strangers.ts";

const isSoak = process.env["SOAK"] === "1";

const folders = [
  "spec",
  ...["client", "conformance", "json-schema-arbitrary", "mock", "server", "types"].map((name) => `packages/${name}`),
];
const contractPackages = ["client", "conformance", "mock", "server", "spec", "types"].map(
  (name) => `@memory-api/${name}`,
);
const readme = codeBlocks(new URL("../../../../README.md", import.meta.url));
const examples = readme.filter(({ language }) => language === "ts").map(({ code }) => code);

let registry: Registry;
let repository: RehearsalRepository;
/** The published packages with the versions of the first release, such as `@memory-api/client@1.0.0`. */
let published: string[];

beforeAll(async () => {
  registry = await startRegistry();
  repository = await createRehearsalRepository(registry);
  if (await hasChangesets()) await repository.script("version");
  published = await repository.release();
}, 600_000);
afterAll(async () => {
  await registry.stop();
  await repository.remove();
});

describe("the first release", () => {
  it("publishes every package with the version of its manifest, under the tag latest", async () => {
    expect(published).toEqual((await versions()).map(({ name, version }) => `${name}@${version}`).sort());
    for (const { name, version } of await versions())
      expect((await registry.read(name))["dist-tags"], name).toEqual({ latest: version });
  });

  it("tags its commit with each package and version", async () => {
    expect((await tagsOf(repository.folder)).sort()).toEqual(published);
  });

  it("has an entry in the changelog of each package", async () => {
    for (const { folder, version } of await versions())
      expect(await repository.read(`${folder}/CHANGELOG.md`), folder).toContain(`## ${version}\n`);
  });

  it("becomes the baseline of the next comparison", async () => {
    const { version } = JSON.parse(await repository.read("spec/package.json"));
    expect(await repository.read("spec/released/openapi.yaml")).toContain(`\n  version: ${version}\n`);
  });

  it.for(Object.entries(packageManagers))(
    "is installed by a stranger with %s, and the examples of the README run against the installed server",
    { timeout: 600_000 },
    async ([, manager]) => {
      const { version } = JSON.parse(await repository.read("packages/client/package.json"));
      await runExamples(manager, version);
    },
  );
});

// The second release breaks the contract.
if (isSoak)
  describe("the second release", () => {
    let next: string;
    let refusal: string;
    let publishedNext: string[];

    beforeAll(async () => {
      const { version } = JSON.parse(await repository.read("spec/package.json"));
      next = `${Number(version.split(".")[0]) + 1}.0.0`;
      const schema = "spec/components/schemas/UpdateProfilesBulkRequest.yaml";
      await repository.write(schema, (await repository.read(schema)).replace("maxItems: 1000", "maxItems: 500"));
      await repository.write(".changeset/small.md", '---\n"@memory-api/spec": patch\n---\n\nSmaller batches\n');
      await repository.script("generate");
      refusal = await repository.script("diff").catch(String);
      await repository.script("changeset:draft");
      await repository.script("diff");
      await repository.script("version");
      publishedNext = await repository.release();
    }, 900_000);

    it("is refused as a patch, with what the change needs", () => {
      expect(refusal).toMatch(/UpdateProfilesBulkRequest\/properties\/profiles\/maxItems/);
      expect(refusal).toContain("run changeset:draft");
    });

    it("is a major of the packages that share the version, with the drafted changeset", async () => {
      expect(publishedNext).toEqual(contractPackages.map((name) => `${name}@${next}`));
      for (const name of contractPackages) {
        const { versions, "dist-tags": tags } = await registry.read(name);
        expect(tags, name).toEqual({ latest: next });
        expect(Object.keys(versions), name).toHaveLength(2);
      }
    });

    it("says in the changelog which operations changed", async () => {
      const changelog = await repository.read("packages/client/CHANGELOG.md");
      const [, entry = ""] = changelog.split(/^(?=## )/m);
      expect(entry).toContain(`## ${next}\n\n### Major Changes`);
      expect(entry).toContain("updateProfilesBulk (PUT /v1/Stores/{storeId}/Profiles/Bulk)");
    });

    it("adds its tags to those of the first release", async () => {
      expect((await tagsOf(repository.folder)).sort()).toEqual([...published, ...publishedNext].sort());
    });

    it("leaves no change to report", async () => {
      const report = JSON.parse(await repository.script("diff:repo", "--format", "json"));
      expect(report).toMatchObject({ needed: "none", passed: true });
    });

    it.for(Object.entries(packageManagers))(
      "is installed by a stranger with %s, and the examples of the README run against the installed server",
      { timeout: 600_000 },
      ([, manager]) => runExamples(manager, next, `@${next}`),
    );

    it("does not reach a consumer of the first release before the consumer asks for it", async () => {
      const project = await createProject(packageManagers.npm, registry);
      onTestFinished(() => project.remove());
      const before =
        published.find((name) => name.startsWith("@memory-api/client@"))?.slice("@memory-api/client@".length) ?? "";
      await project.add(`@memory-api/client@^${before}`);
      expect(await project.versionOf("@memory-api/client")).toBe(before);
      await project.add("@memory-api/client@latest");
      expect(await project.versionOf("@memory-api/client")).toBe(next);
    });
  });

async function hasChangesets(): Promise<boolean> {
  const names = await readdir(join(repository.folder, ".changeset"));
  return names.some((name) => name.endsWith(".md") && name !== "README.md");
}

async function versions(): Promise<{ folder: string; name: string; version: string }[]> {
  return await Promise.all(
    folders.map(async (folder) => ({ folder, ...JSON.parse(await repository.read(`${folder}/package.json`)) })),
  );
}

/** @param range by default, the stranger does not ask for a version. pnpm then prefers versions that are a day old. */
async function runExamples(manager: PackageManager, version: string, range = ""): Promise<void> {
  const project = await createProject(manager, registry);
  onTestFinished(() => project.remove());
  const packages = ["client", "types", "server"].map((name) => `@memory-api/${name}${range}`);
  await project.add(...packages, "openapi-fetch@0.17");
  expect(await project.versionOf("@memory-api/client")).toBe(version);
  const sandbox = await project.startSandbox();
  onTestFinished(() => sandbox.stop());
  expect(examples).toHaveLength(3);
  for (const example of examples) expect(await project.run(example, sandbox.env)).not.toBe("");
}
