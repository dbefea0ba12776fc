// Writes or updates the comment on a pull request. comment.yml runs this file after CI, with the rights to comment, so it reads the
// figures of CI as data, and takes nothing else from the pull request.
import { readFile } from "node:fs/promises";
import { COMMENT_MARKER, commentText } from "./comment-text.ts";
import { allPages, connectToGitHub, required } from "./github-api.ts";
import { parseFigures } from "./pull-request-figures.ts";

const [repository, serverUrl, ciRun] = ["GITHUB_REPOSITORY", "GITHUB_SERVER_URL", "CI_RUN"].map(variable);
const [owner, branch, commit] = ["HEAD_OWNER", "HEAD_BRANCH", "HEAD_SHA"].map(variable);
const request = connectToGitHub(process.env);

const number = await pullRequestNumber();
if (number === undefined) {
  console.log(`No open pull request has the commit ${commit}, so there is nothing to comment on.`);
} else {
  const preview = await previewRun();
  const body = commentText(parseFigures(await readFile(variable("FIGURES"), "utf8")), {
    commit: String(commit),
    runUrl: `${serverUrl}/${repository}/actions/runs/${ciRun}`,
    ...(preview !== undefined && { preview: { repository: String(repository), run: preview } }),
  });
  const comments = await allPages(request, `/issues/${number}/comments`);
  const earlier = comments.find(({ body, user }) => isBot(user) && String(body).startsWith(COMMENT_MARKER));
  if (earlier === undefined) await request("POST", `/issues/${number}/comments`, { body });
  else await request("PATCH", `/issues/comments/${earlier["id"]}`, { body });
  console.log(`${earlier === undefined ? "Wrote" : "Updated"} the comment on pull request ${number}.`);
}

/** The number is not in the figures, because then a pull request could write comments on another one. */
async function pullRequestNumber(): Promise<number | undefined> {
  const head = encodeURIComponent(`${owner}:${branch}`);
  const pullRequests = await allPages(request, `/pulls?state=open&head=${head}`);
  const found = pullRequests.find(({ head }) => Object(head)["sha"] === commit);
  return found && Number(found["number"]);
}

async function previewRun(): Promise<number | undefined> {
  const path = `/actions/workflows/preview.yml/runs?event=pull_request&head_sha=${commit}`;
  const [run] = Object(await request("GET", path))["workflow_runs"];
  return run && Number(Object(run)["id"]);
}

function isBot(user: unknown): boolean {
  return Object(user)["login"] === "github-actions[bot]";
}

function variable(name: string): string {
  return required(process.env, name);
}
