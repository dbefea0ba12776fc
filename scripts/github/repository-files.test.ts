import { globSync, readFileSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../turbo.ts";

const read = (file: string) => readFileSync(join(root, file), "utf8");

interface PackageRule {
  matchPackageNames?: string[];
  dependencyDashboardApproval?: boolean;
  description?: string;
}

describe("renovate.json", () => {
  const { packageRules }: { packageRules: PackageRule[] } = JSON.parse(read("renovate.json"));
  const workspace: { catalog: Record<string, string> } = parse(read("pnpm-workspace.yaml"));
  const names = Object.keys(workspace.catalog);
  const held = packageRules.filter((rule) => rule.dependencyDashboardApproval);

  it("names only packages of the catalog, and actions of the workflows", () => {
    const workflows = globSync(".github/workflows/*.yml", { cwd: root }).map(read).join();
    const unknown = packageRules
      .flatMap(({ matchPackageNames = [] }) => matchPackageNames)
      .filter(
        (pattern) => !names.some((name) => matchesGlob(name, pattern)) && !workflows.includes(`uses: ${pattern}/`),
      );
    expect(unknown).toEqual([]);
  });

  it.each(["openapi-typescript", "openapi-fetch", "@stoplight/prism-http-server", "@stoplight/prism-core", "node"])(
    "holds %s until a person approves the update, with the reason",
    (name) => {
      const rules = held.filter(({ matchPackageNames = [] }) =>
        matchPackageNames.some((each) => matchesGlob(name, each)),
      );
      expect(rules).toEqual([expect.objectContaining({ description: expect.stringMatching(/\.$/) })]);
      expect(workspace.catalog[name]).toMatch(/^\d+\.\d+\.\d+$/);
    },
  );
});

describe("CODEOWNERS", () => {
  const lines = read(".github/CODEOWNERS")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(/ +/));

  it.each(lines)("has files for the pattern %s, and an owner", (pattern = "", owner) => {
    expect(owner).toMatch(/^@[\w-]+\/[\w-]+$/);
    expect(globSync(pattern.replace(/^\//, ""), { cwd: root })).not.toEqual([]);
  });
});

describe("the issue forms", () => {
  const forms = globSync(".github/ISSUE_TEMPLATE/*.yml", { cwd: root }).filter((file) => !file.endsWith("config.yml"));

  it.each(forms)("%s asks for what is needed to reproduce or decide, in fields with different IDs", (file) => {
    const { body, description, name }: { body: FormField[]; description: string; name: string } = parse(read(file));
    expect([name, description].every((text) => text.length > 0)).toBe(true);
    expect(new Set(body.map(({ id }) => id)).size).toBe(body.length);
    expect(body.filter(({ validations }) => validations?.required).length).toBeGreaterThanOrEqual(4);
    for (const { attributes, type } of body) {
      expect(["checkboxes", "dropdown", "input", "textarea"]).toContain(type);
      expect(attributes.label).not.toBe("");
    }
  });

  it("list every published package", () => {
    const text = read(".github/ISSUE_TEMPLATE/package-bug.yml");
    const published = globSync("{spec,packages/*}/package.json", { cwd: root })
      .map((file): { name: string; private?: boolean } => JSON.parse(read(file)))
      .filter((manifest) => !manifest.private);
    expect(published).toHaveLength(7);
    for (const { name } of published) expect(text).toContain(`- "${name}"\n`);
  });
});

interface FormField {
  id: string;
  type: string;
  attributes: { label: string };
  validations?: { required: boolean };
}
