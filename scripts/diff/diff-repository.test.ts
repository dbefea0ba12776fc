import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../turbo.ts";
import { draftChangeset } from "./changesets/draft-changeset.ts";
import { diffRepository } from "./diff-repository.ts";
import { highest, isPassed, tooLow } from "./report/diff-report.ts";
import { textReport } from "./report/text-report.ts";

const PACKAGES = ["client", "conformance", "mock", "server", "spec", "types"];
const FILES = [
  "package.json",
  "pnpm-workspace.yaml",
  ".changeset/config.json",
  ...["spec", ...["types", "mock", "server", "client", "conformance"].map((name) => `packages/${name}`)].map(
    (folder) => `${folder}/package.json`,
  ),
  "spec/dist/openapi.yaml",
  "spec/dist/contract.json",
  "packages/types/src",
];

describe("diffRepository", () => {
  it("rejects a breaking change with a patch, until the changeset that it drafts is added", async () => {
    const copy = await copyOfRepository();
    await replaceIn(join(copy, "spec/dist/openapi.yaml"), "maxItems: 1000", "maxItems: 500");
    await writeFile(join(copy, ".changeset/small.md"), changeset(["spec", "types", "server"], "patch"));

    const report = await diffRepository(copy);
    expect(
      tooLow(report)
        .map((pending) => pending.package)
        .sort(),
    ).toEqual(PACKAGES.map((name) => `@memory-api/${name}`));
    const text = textReport(report);
    expect(text).toContain(
      "updateProfilesBulk (PUT /v1/Stores/{storeId}/Profiles/Bulk)\n  major  #/components/schemas/UpdateProfilesBulkRequest/properties/profiles/maxItems",
    );
    expect(text).toMatch(/Missing changeset: major bump of every package/);
    expect(text).toContain("npx -y pnpm@12 run changeset:draft");

    const draft = draftChangeset(report);
    if (draft === undefined) throw new Error("No changeset was drafted.");
    await writeFile(join(copy, draft.file), draft.text);
    expect(tooLow(await diffRepository(copy))).toEqual([]);
  });

  it("accepts a contract that has not changed, without a changeset", async () => {
    const report = await diffRepository(await copyOfRepository());
    expect(report.lines).toEqual([]);
    expect(tooLow(report)).toEqual([]);
  });

  it("rejects a server without a changeset, because it implements the contract", async () => {
    const copy = await copyOfRepository();
    await replaceIn(join(copy, "spec/dist/openapi.yaml"), "maxItems: 1000", "maxItems: 500");
    await writeFile(join(copy, ".changeset/large.md"), changeset(["spec"], "major"));
    const report = await diffRepository(copy);
    expect(highest(report.lines.map(({ bump }) => bump))).toBe("major");
    expect(tooLow(report).map((pending) => pending.package)).toContain("@memory-api/server");
  });

  it("rejects the removal of a deprecated operation before its sunset date, also in a major release", async () => {
    const copy = await copyOfRepository();
    const [released, built] = [join(copy, "spec/released/openapi.yaml"), join(copy, "spec/dist/openapi.yaml")];
    await replaceIn(
      released,
      "      operationId: listProfiles\n",
      "      operationId: listProfiles\n      deprecated: true\n      x-deprecation: { since: 2026-01-01, sunset: 2027-01-01, replacement: null }\n",
    );
    await replaceIn(built, "operationId: listProfiles\n", "operationId: listNothing\n");
    await writeFile(join(copy, ".changeset/large.md"), changeset(PACKAGES, "major"));

    const early = await diffRepository(copy, [], { released, built }, "2026-12-31");
    expect(tooLow(early)).toEqual([]);
    expect(isPassed(early)).toBe(false);
    expect(textReport(early)).toMatch(
      /error +The operation `listProfiles` was removed before its sunset date 2027-01-01\./,
    );
    expect(isPassed(await diffRepository(copy, [], { released, built }, "2027-01-01"))).toBe(true);
  });

  it("fails if the generated types are stale, and says what to run", async () => {
    const copy = await copyOfRepository();
    await writeFile(
      join(copy, "spec/dist/contract.json"),
      JSON.stringify({ version: "0.1.0", sha256: "f".repeat(64) }),
    );
    await expect(diffRepository(copy)).rejects.toThrow("Run: npx -y pnpm@12 generate");
  });

  it("says that a usage manifest is for another version", async () => {
    const copy = await copyOfRepository();
    const manifest = join(copy, "usage.json");
    await writeFile(manifest, '{ "manifest": 1, "contractVersion": "9.0.0", "operations": {} }');
    const { remarks } = await diffRepository(copy, [manifest]);
    expect(remarks).toEqual([expect.stringContaining("is for version 9.0.0 of the contract")]);
  });
});

/** Copies what `diff` reads, with the current contract as the released one. */
async function copyOfRepository(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), "diff-repository-"));
  onTestFinished(() => rm(copy, { recursive: true }));
  for (const file of FILES) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await cp(root + file, join(copy, file), { recursive: true });
  }
  await mkdir(join(copy, "spec/released"), { recursive: true });
  await cp(`${root}spec/dist/openapi.yaml`, join(copy, "spec/released/openapi.yaml"));
  await cp(`${root}packages/types/src`, join(copy, "spec/released/types"), { recursive: true });
  await cp(`${root}packages/types/test/compiles`, join(copy, "spec/released/consumers"), { recursive: true });
  return copy;
}

async function replaceIn(file: string, before: string, after: string): Promise<void> {
  const text = await readFile(file, "utf8");
  if (!text.includes(before)) throw new Error(`${file} does not contain ${before}.`);
  await writeFile(file, text.replace(before, after));
}

function changeset(names: readonly string[], bump: string): string {
  return `---\n${names.map((name) => `"@memory-api/${name}": ${bump}\n`).join("")}---\n\nA change.\n`;
}
