import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../turbo.ts";
import { type FakeContent, FakeGitHub } from "./fake-github.ts";
import { runScript } from "./run-script.ts";

describe("a failure of the nightly run", () => {
  it("opens an issue that names the jobs and the run", async () => {
    const github = await report({ issues: [{ number: 1, body: "The list is empty." }] });
    expect(github.issues[1]).toEqual({
      number: 2,
      title: "The nightly run fails",
      body: expect.stringContaining("Jobs that did not succeed: `soak`, `bench`."),
    });
    expect(github.issues[1]?.body).toContain("https://github.test/memory-api/contract/actions/runs/5");
  });

  it("adds a comment to the issue that is open", async () => {
    const { issues } = await report({});
    const github = await report({ issues: issues.map(({ number, body }) => ({ number, body })) });
    expect(github.issues).toHaveLength(1);
    expect(github.comments).toEqual([{ issue: 1, body: expect.stringContaining("`soak`, `bench`") }]);
  });
});

async function report(content: FakeContent): Promise<FakeGitHub> {
  const github = new FakeGitHub(content);
  onTestFinished(() => github.stop());
  const results = { verify: { result: "success" }, soak: { result: "failure" }, bench: { result: "cancelled" } };
  const environment = { ...(await github.start()), GITHUB_RUN_ID: "5", RESULTS: JSON.stringify(results) };
  await runScript(join(root, "scripts/github/report-nightly-failure.ts"), [], environment);
  return github;
}
