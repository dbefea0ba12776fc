import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../turbo.ts";
import { judgeContract } from "./judge-contract.ts";
import type { Bump } from "./rate-change.ts";

const contract = await readFile(new URL("fixtures/contract.yaml", import.meta.url), "utf8");
const narrowed = contract.replace("maximum: 1000", "maximum: 500");
const extended = contract.replace("        rank:", "        name:\n          type: string\n        rank:");
const reworded = contract.replace("A customer.", "Somebody.");

describe("the gate between the contract and the changesets", () => {
  it("refuses a narrowed bound with only a patch, names it, and says what to do", async () => {
    const { passed, report } = await judge(narrowed, { patch: ["spec", "types"] });

    expect(passed).toBe(false);
    expect(report).toBe(`The contract has 1 change since it was released, and needs a major bump:
  major  #/components/schemas/PageSize/maximum
         Upper bound of \`PageSize\` changed from '<= 1000' to '<= 500'.
The changesets carry:
  patch  @memory-api/spec, by .changeset/patch.md
  patch  @memory-api/types, by .changeset/patch.md
  patch  @memory-api/client
  patch  @memory-api/mock
That is too little. Say what changed, in a changeset of at least major:
  npx -y pnpm@12 changeset --major @memory-api/spec,@memory-api/types,@memory-api/client,@memory-api/mock --message "<what consumers must know>"`);
  });

  it("lets a narrowed bound pass with a major", async () => {
    expect(await judge(narrowed, { major: ["spec", "types"] })).toMatchObject({
      passed: true,
      report: expect.stringContaining("That is enough."),
    });
  });

  it("takes the highest of several changesets", async () => {
    expect((await judge(narrowed, { patch: ["spec", "client"], major: ["spec", "types"] })).passed).toBe(true);
  });

  it("lets an added optional property of an answer pass with a minor", async () => {
    expect((await judge(extended, { minor: ["spec", "types"] })).passed).toBe(true);
  });

  it("refuses an added optional property of an answer with a patch", async () => {
    const { passed, report } = await judge(extended, { patch: ["spec", "types"] });
    expect(passed).toBe(false);
    expect(report).toContain("minor  #/components/schemas/Profile/properties/name");
  });

  it("lets another description pass with a patch", async () => {
    expect((await judge(reworded, { patch: ["spec", "types"] })).passed).toBe(true);
  });

  it("refuses another description without a changeset", async () => {
    const { passed, report } = await judge(reworded, {});
    expect(passed).toBe(false);
    expect(report).toContain("none   @memory-api/spec\n");
    expect(report).toContain("npx -y pnpm@12 changeset --patch @memory-api/spec,");
  });

  it("refuses a changeset that forgets the types", async () => {
    const { passed, report } = await judge(extended, { minor: ["spec"] });
    expect(passed).toBe(false);
    expect(report).toContain("changeset --minor @memory-api/types,@memory-api/client --message");
  });

  it("asks for no changeset where nothing changed", async () => {
    expect(await judge(contract, {})).toEqual({ passed: true, report: "The contract is as it was released." });
  });

  it("does not count the version of the contract as a change", async () => {
    expect((await judge(contract.replace("version: 1.0.0", "version: 9.9.9"), {})).passed).toBe(true);
  });
});

/** Judges a contract against that of the fixture, in a folder with these changesets, and this repo's packages and configuration. */
async function judge(revision: string, changesets: Partial<Record<Bump, string[]>>) {
  const folder = await mkdtemp(join(tmpdir(), "contract-diff-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const packages = ["spec", "packages/types", "packages/mock", "packages/client"].map((name) => `${name}/package.json`);
  for (const file of ["package.json", "pnpm-workspace.yaml", ".changeset/config.json", ...packages]) {
    await mkdir(join(folder, file, ".."), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  for (const [bump, names] of Object.entries(changesets)) {
    const releases = names.map((name) => `"@memory-api/${name}": ${bump}\n`).join("");
    await writeFile(join(folder, `.changeset/${bump}.md`), `---\n${releases}---\n\nWords.\n`);
  }
  await writeFile(join(folder, "released.yaml"), contract);
  await writeFile(join(folder, "built.yaml"), revision);
  return judgeContract(join(folder, "released.yaml"), join(folder, "built.yaml"), folder);
}
