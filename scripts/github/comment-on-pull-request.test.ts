import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { root } from "../turbo.ts";
import { COMMENT_MARKER } from "./comment-text.ts";
import { type FakeContent, FakeGitHub } from "./fake-github.ts";
import { runScript } from "./run-script.ts";

const bot = { login: "github-actions[bot]" };
const pulls = [{ number: 7, head: { label: "ada:topic", sha: "abc" } }];
const figures = { totals: "12 passed, 0 failed", failed: [], figures: [] };

describe("the comment on a pull request", () => {
  it("is written once, with the commit and the run", async () => {
    const { comments, printed } = await comment({ pulls });
    expect(printed).toBe("Wrote the comment on pull request 7.\n");
    expect(comments).toEqual([{ issue: 7, body: expect.stringContaining("12 passed\\, 0 failed") }]);
    expect(comments[0]?.body).toContain(
      "For commit abc, from [this run](https://github.test/memory-api/contract/actions/runs/99).",
    );
  });

  it("is updated in place by the next run, wherever it is in the list", async () => {
    const others = Array.from({ length: 150 }, (_, id) => ({
      id,
      issue: 7,
      body: "A question",
      user: { login: "ada" },
    }));
    const earlier = { id: 500, issue: 7, body: `${COMMENT_MARKER}\n\nOld figures`, user: bot };
    const { comments, printed } = await comment({ pulls, comments: [...others, earlier] });
    expect(printed).toBe("Updated the comment on pull request 7.\n");
    expect(comments).toHaveLength(151);
    expect(comments.at(-1)).toMatchObject({ id: 500, body: expect.stringContaining("12 passed") });
  });

  it("replaces no comment of a person, even one that copies it", async () => {
    const copy = { id: 1, issue: 7, body: `${COMMENT_MARKER}\n\nA copy`, user: { login: "ada" } };
    const { comments } = await comment({ pulls, comments: [copy] });
    expect(comments[0]).toEqual(copy);
    expect(comments).toHaveLength(2);
  });

  it("says how to install the packages of the same commit", async () => {
    const { comments } = await comment({ pulls, previews: { abc: 42, old: 41 } });
    expect(comments[0]?.body).toContain(
      "gh run download 42 --repo memory-api/contract --name packages --dir memory-api\nnpm i ./memory-api/*.tgz",
    );
  });

  it.each<[string, Required<FakeContent>["pulls"]]>([
    ["the pull request has a newer commit", [{ number: 7, head: { label: "ada:topic", sha: "newer" } }]],
    ["only another branch has the commit", [{ number: 8, head: { label: "bob:topic", sha: "abc" } }]],
  ])("is not written if %s", async (_, pulls) => {
    const { comments, printed } = await comment({ pulls });
    expect(printed).toBe("No open pull request has the commit abc, so there is nothing to comment on.\n");
    expect(comments).toEqual([]);
  });

  it("goes to the pull request of the run, whatever the figures say", async () => {
    const { comments } = await comment({ pulls }, { ...figures, number: 8, pullRequest: 8 });
    expect(comments.map(({ issue }) => issue)).toEqual([7]);
  });

  it("fails with the response of GitHub", async () => {
    await expect(comment({ pulls }, figures, { GITHUB_TOKEN: "expired" })).rejects.toThrow(
      'failed with status 404: {"message":"Not Found"}',
    );
  });
});

async function comment(content: FakeContent, data: object = figures, variables: NodeJS.ProcessEnv = {}) {
  const github = new FakeGitHub(content);
  const folder = await mkdtemp(join(tmpdir(), "figures-"));
  onTestFinished(async () => {
    github.stop();
    await rm(folder, { recursive: true });
  });
  const file = join(folder, "figures.json");
  await writeFile(file, JSON.stringify(data));
  const run = { CI_RUN: "99", FIGURES: file, HEAD_BRANCH: "topic", HEAD_OWNER: "ada", HEAD_SHA: "abc" };
  const environment = { ...(await github.start()), ...run, ...variables };
  const printed = await runScript(join(root, "scripts/github/comment-on-pull-request.ts"), [], environment);
  return { comments: github.comments, printed };
}
