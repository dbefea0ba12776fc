import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { root } from "../../turbo.ts";
import { draftChangeset } from "../changesets/draft-changeset.ts";
import type { ContractChange } from "../contract-changes.ts";
import type { DeprecationRemark } from "../deprecations/deprecation-remarks.ts";
import { type DiffReport, isPassed } from "./diff-report.ts";
import { githubAnnotations } from "./github-annotations.ts";
import { markdownReport } from "./markdown-report.ts";
import { sourceLocation } from "./source-location.ts";
import { textReport } from "./text-report.ts";

const fetchProfile = { operation: "fetchProfile", endpoint: "GET /v1/Profiles/{id}", direction: "response" } as const;
const createProfile = { operation: "createProfile", endpoint: "POST /v1/Profiles", direction: "request" } as const;
const prose: ContractChange = {
  gate: "wire",
  bump: "patch",
  pointer: "#/info/title",
  why: "`title` changed.",
  action: "Nothing.",
  uses: [],
};
const added: ContractChange = {
  gate: "wire",
  bump: "minor",
  pointer: "#/components/schemas/Profile/properties/name",
  why: "Schema `name` was added.",
  action: "Nothing.",
  uses: [fetchProfile],
};
const narrowed: ContractChange = {
  gate: "wire",
  bump: "major",
  pointer: "#/components/schemas/TraitName/maxLength",
  why: "`maxLength` of `TraitName` changed from '64' to '32'.",
  action: "Send only what the new contract allows.",
  uses: [createProfile, fetchProfile],
};
const typed: ContractChange = {
  gate: "types",
  bump: "major",
  pointer: "#/components/schemas/Profile",
  why: "The type `Profile` differs.",
  action: "Compile your code against the new types.",
  uses: [fetchProfile],
};

const pending = (bump: DiffReport["pending"][number]["bump"]) => [
  { package: "@memory-api/spec", bump, changesets: bump === "none" ? [] : [".changeset/small.md"] },
  { package: "@memory-api/server", bump, changesets: [] },
];

describe("the report as text", () => {
  it("groups the changes by operation, breaking first, and says what consumers must do and which changeset is missing", () => {
    const report = { lines: [prose, added, narrowed], pending: pending("minor"), remarks: [] };
    expect(textReport(report)).toMatchInlineSnapshot(`
      "The contract has 3 changes since the last release, and needs a major bump:

      createProfile, fetchProfile
        major  #/components/schemas/TraitName/maxLength
               \`maxLength\` of \`TraitName\` changed from '64' to '32'.
               Consumers: Send only what the new contract allows.
               Missing changeset: major bump of every package

      fetchProfile (GET /v1/Profiles/{id})
        minor  #/components/schemas/Profile/properties/name
               Schema \`name\` was added.
               Consumers: Nothing.

        patch  1 change of descriptions, examples or notation, without effect on programs

      The pending changesets contain:
        minor  @memory-api/spec, from .changeset/small.md
        minor  @memory-api/server
      They are not sufficient: @memory-api/spec, @memory-api/server need at least a major bump. Draft the changeset, then edit it to describe the change for consumers:
        npx -y pnpm@12 run changeset:draft"
    `);
  });

  it("names the types if only they need the bump", () => {
    const report = { lines: [added, typed], pending: pending("major"), remarks: [] };
    expect(textReport(report)).toContain(
      "needs a major bump, because of the types; requests and responses need a minor bump:",
    );
    expect(textReport(report)).toContain("They are sufficient.");
  });

  it("lists changes of prose if there is nothing else", () => {
    expect(textReport({ lines: [prose], pending: pending("none"), remarks: [] })).toContain("  patch  #/info/title\n");
  });

  it("names the consumers that a change breaks, or says that it breaks none", () => {
    const lines = [
      { ...narrowed, broken: [{ consumer: "shop.json", because: "sends /traits/*/* to createProfile" }] },
      { ...typed, broken: [] },
    ];
    const text = textReport({ lines, pending: pending("major"), remarks: ["shop.json is for version 0.9.0."] });
    expect(text).toContain("Breaks: shop.json (sends /traits/*/* to createProfile)");
    expect(text).toContain("Breaks: none of the consumers");
    expect(text).toContain("shop.json is for version 0.9.0.");
  });

  it("is one sentence if nothing changed", () => {
    expect(textReport({ lines: [], pending: [], remarks: [] })).toBe(
      "The contract has not changed since the last release.",
    );
  });
});

it("writes the report as Markdown", () => {
  const lines = [
    prose,
    { ...added, broken: [] },
    { ...narrowed, broken: [{ consumer: "shop.json", because: "sends /a/*/b" }] },
  ];
  expect(markdownReport({ lines, pending: pending("patch"), remarks: [] })).toMatchInlineSnapshot(`
    "The contract has 3 changes since the last release, and needs a major bump.

    ### createProfile, fetchProfile

    | Bump | Change | What consumers must do | Breaks |
    | --- | --- | --- | --- |
    | **major** | \`#/components/schemas/TraitName/maxLength\`<br>\`maxLength\` of \`TraitName\` changed from '64' to '32'. | Send only what the new contract allows. | shop.json: sends /a/\\*/b |

    ### fetchProfile (GET /v1/Profiles/{id})

    | Bump | Change | What consumers must do | Breaks |
    | --- | --- | --- | --- |
    | minor | \`#/components/schemas/Profile/properties/name\`<br>Schema \`name\` was added. | Nothing. | none |

    Patch: 1 change of descriptions, examples or notation, without effect on programs.

    | Package | Pending bump |
    | --- | --- |
    | \`@memory-api/spec\` | patch |
    | \`@memory-api/server\` | patch |

    They are not sufficient: @memory-api/spec, @memory-api/server need at least a major bump. Draft the changeset, then edit it to describe the change for consumers:

    \`npx -y pnpm@12 run changeset:draft\`
    "
  `);
});

it("writes an annotation for each change at its line in spec, as an error if its changeset is missing", async () => {
  const report = { lines: [prose, added, narrowed], pending: pending("minor"), remarks: [] };
  expect(await githubAnnotations(report, `${root}spec/`)).toMatchInlineSnapshot(`
    "::notice file=spec/components/schemas/Profile.yaml,line=13,title=minor change of the contract::Schema \`name\` was added. Consumers: Nothing.
    ::error file=spec/components/schemas/TraitName.yaml,line=4,title=major change of the contract::\`maxLength\` of \`TraitName\` changed from '64' to '32'. Consumers: Send only what the new contract allows.
    ::error title=Changeset::They are not sufficient: @memory-api/spec, @memory-api/server need at least a major bump. Draft the changeset, then edit it to describe the change for consumers:%0A  npx -y pnpm@12 run changeset:draft"
  `);
  const released = await githubAnnotations({ ...report, pending: pending("major") }, `${root}spec/`);
  expect(released.split("\n").map((line) => line.split(" ")[0])).toEqual(["::notice", "::warning"]);
});

describe("a report with deprecations", () => {
  const deprecations: DeprecationRemark[] = [
    { level: "error", pointer: "#/paths/~1gone/get", text: "The operation `gone` was removed before its sunset date." },
    { level: "notice", pointer: "#/components/schemas/TraitName", text: "The schema `TraitName` is deprecated." },
  ];
  const unchanged = { lines: [], pending: [], remarks: [], deprecations };

  it("fails if something was removed too early", () => {
    expect(isPassed(unchanged)).toBe(false);
    expect(isPassed({ ...unchanged, deprecations: deprecations.slice(1) })).toBe(true);
  });

  it("lists them in each format, even if nothing changed", async () => {
    expect(textReport(unchanged)).toMatchInlineSnapshot(`
      "The contract has not changed since the last release.

      Deprecations:
        error    The operation \`gone\` was removed before its sunset date.
        notice   The schema \`TraitName\` is deprecated."
    `);
    expect(textReport({ ...unchanged, lines: [added] })).toContain("\n\nDeprecations:\n  error  ");
    expect(markdownReport(unchanged)).toMatchInlineSnapshot(`
      "The contract has not changed since the last release.

      ### Deprecations

      - **error**: The operation \`gone\` was removed before its sunset date.
      - The schema \`TraitName\` is deprecated.
      "
    `);
    expect(await githubAnnotations(unchanged, `${root}spec/`)).toMatchInlineSnapshot(`
      "::error file=spec/openapi.yaml,line=200,title=Deprecation::The operation \`gone\` was removed before its sunset date.
      ::notice file=spec/components/schemas/TraitName.yaml,line=1,title=Deprecation::The schema \`TraitName\` is deprecated."
    `);
  });
});

describe("sourceLocation", () => {
  it.each([
    ["#/components/schemas/TraitName/maxLength", "components/schemas/TraitName.yaml", /^maxLength:/],
    ["#/paths/~1v1~1Stores~1{storeId}~1Profiles/get/parameters/1", "paths/profiles.yaml", /^ +- \$ref: .*PageToken/],
    ["#/paths/~1v1~1Stores~1{storeId}~1Profiles/get/responses/999", "paths/profiles.yaml", /^ +responses:/],
    ["#/info/version", "openapi.yaml", /^ +version:/],
    ["#/paths/~1gone", "openapi.yaml", /^paths:/],
    ["#", "openapi.yaml", /^openapi:/],
  ])("finds %s in %s", async (pointer, file, text) => {
    const location = await sourceLocation(pointer, `${root}spec/`);
    expect(location.file).toBe(file);
    expect((await readFile(`${root}spec/${file}`, "utf8")).split("\n")[location.line - 1]).toMatch(text);
  });
});

describe("draftChangeset", () => {
  it("contains the packages whose bump is too low, and each change with what consumers must do", () => {
    const changeset = draftChangeset({ lines: [prose, narrowed, added], pending: pending("minor"), remarks: [] });
    expect(changeset?.file).toMatch(/^\.changeset\/contract-[0-9a-f]{8}\.md$/);
    expect(changeset?.text).toMatchInlineSnapshot(`
      "---
      "@memory-api/spec": major
      "@memory-api/server": major
      ---

      The contract changes.

      createProfile, fetchProfile:

      - major: \`maxLength\` of \`TraitName\` changed from '64' to '32'. Send only what the new contract allows.

      fetchProfile (GET /v1/Profiles/{id}):

      - minor: Schema \`name\` was added. Nothing.
      "
    `);
  });

  it("is undefined if the pending changesets are enough", () => {
    expect(draftChangeset({ lines: [narrowed], pending: pending("major"), remarks: [] })).toBeUndefined();
  });
});
