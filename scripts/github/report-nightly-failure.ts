// Opens an issue if the nightly run fails, or adds a comment to the open one.
import { allPages, connectToGitHub, required } from "./github-api.ts";

const MARKER = "<!-- memory-api: nightly run -->";

const request = connectToGitHub(process.env);
const [serverUrl, repository, run] = ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_RUN_ID"].map((name) =>
  required(process.env, name),
);
const results: Record<string, { result: string }> = JSON.parse(required(process.env, "RESULTS"));
const failed = Object.keys(results).filter((job) => results[job]?.result !== "success");
const text = [
  `Jobs that did not succeed: ${failed.map((job) => `\`${job}\``).join(", ")}.`,
  "",
  `The [run](${serverUrl}/${repository}/actions/runs/${run}) has their logs, and their reports as artifacts.`,
].join("\n");

const issues = await allPages(request, "/issues?state=open&creator=github-actions%5Bbot%5D");
const open = issues.find(({ body }) => String(body).startsWith(MARKER));
if (open === undefined) {
  await request("POST", "/issues", { title: "The nightly run fails", body: `${MARKER}\n\n${text}\n` });
  console.log("Opened an issue.");
} else {
  await request("POST", `/issues/${open["number"]}/comments`, { body: text });
  console.log(`Added a comment to issue ${open["number"]}.`);
}
