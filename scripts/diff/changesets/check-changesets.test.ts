import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../turbo.ts";
import { checkChangesets } from "./check-changesets.ts";
import type { Bump } from "./rate-change.ts";

const contract = await readFile(new URL("fixtures/contract.yaml", import.meta.url), "utf8");
const narrowed = contract.replace("maximum: 1000", "maximum: 500");
const extended = contract.replace("        rank:", "        name:\n          type: string\n        rank:");
const reworded = contract.replace("A customer.", "A person.");

describe("checkChangesets", () => {
  it("rejects a narrowed bound with only a patch, and reports the change and the remedy", async () => {
    const { passed, report } = await check(narrowed, { patch: ["spec", "types"] });

    expect(passed).toBe(false);
    expect(report).toBe(`The contract has 1 change since the last release, and needs a major bump:
  major  #/components/schemas/PageSize/maximum
         Upper bound of \`PageSize\` changed from '<= 1000' to '<= 500'.
The pending changesets contain:
  patch  @memory-api/spec, from .changeset/patch.md
  patch  @memory-api/types, from .changeset/patch.md
  patch  @memory-api/client
  patch  @memory-api/mock
This is not enough. Describe the change in a changeset with a bump of at least major:
  npx -y pnpm@12 changeset --major @memory-api/spec,@memory-api/types,@memory-api/client,@memory-api/mock --message "<what consumers must know>"`);
  });

  it("accepts a narrowed bound with a major", async () => {
    expect(await check(narrowed, { major: ["spec", "types"] })).toMatchObject({
      passed: true,
      report: expect.stringContaining("This is enough."),
    });
  });

  it("uses the highest bump of several changesets", async () => {
    expect((await check(narrowed, { patch: ["spec", "client"], major: ["spec", "types"] })).passed).toBe(true);
  });

  it("accepts a new optional property of a response with a minor", async () => {
    expect((await check(extended, { minor: ["spec", "types"] })).passed).toBe(true);
  });

  it("rejects a new optional property of a response with a patch", async () => {
    const { passed, report } = await check(extended, { patch: ["spec", "types"] });
    expect(passed).toBe(false);
    expect(report).toContain("minor  #/components/schemas/Profile/properties/name");
  });

  it("accepts a changed description with a patch", async () => {
    expect((await check(reworded, { patch: ["spec", "types"] })).passed).toBe(true);
  });

  it("rejects a changed description without a changeset", async () => {
    const { passed, report } = await check(reworded, {});
    expect(passed).toBe(false);
    expect(report).toContain("none   @memory-api/spec\n");
    expect(report).toContain("npx -y pnpm@12 changeset --patch @memory-api/spec,");
  });

  it("rejects a changeset that does not include the types", async () => {
    const { passed, report } = await check(extended, { minor: ["spec"] });
    expect(passed).toBe(false);
    expect(report).toContain("changeset --minor @memory-api/types,@memory-api/client --message");
  });

  it("requires no changeset if nothing changed", async () => {
    expect(await check(contract, {})).toEqual({
      passed: true,
      report: "The contract has not changed since the last release.",
    });
  });

  it("ignores the version of the contract", async () => {
    expect((await check(contract.replace("version: 1.0.0", "version: 9.9.9"), {})).passed).toBe(true);
  });
});

/** Checks a contract against the fixture, in a folder with these changesets and with the manifests of this repository. */
async function check(revision: string, changesets: Partial<Record<Bump, string[]>>) {
  const folder = await mkdtemp(join(tmpdir(), "contract-diff-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const packages = ["spec", "packages/types", "packages/mock", "packages/client"].map((name) => `${name}/package.json`);
  for (const file of ["package.json", "pnpm-workspace.yaml", ".changeset/config.json", ...packages]) {
    await mkdir(join(folder, file, ".."), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  for (const [bump, names] of Object.entries(changesets)) {
    const releases = names.map((name) => `"@memory-api/${name}": ${bump}\n`).join("");
    await writeFile(join(folder, `.changeset/${bump}.md`), `---\n${releases}---\n\nA change.\n`);
  }
  await writeFile(join(folder, "released.yaml"), contract);
  await writeFile(join(folder, "built.yaml"), revision);
  return checkChangesets(join(folder, "released.yaml"), join(folder, "built.yaml"), folder);
}
