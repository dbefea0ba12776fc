import { parse } from "yaml";

/** What the rules need to know about the repository. */
export interface Repository {
  /** Names of the scripts in the package.json of the root. */
  scripts: readonly string[];
  /** Whether a path exists in the repository. */
  hasPath(path: string): boolean;
  /** Names of all workflows. */
  workflows: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

interface Job extends Fields {
  id: string;
  steps: readonly Fields[];
}

const PINNED = /^[\w.-]+\/[\w.-]+(\/[\w./-]+)?@[0-9a-f]{40}$/;
const PINNED_LINE = /uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
/** Subcommands of pnpm that are not scripts of package.json. */
const PNPM_COMMANDS = ["install", "sbom"];
const FOLDERS = "scripts|spec|packages|examples|docs|\\.github|\\.ci";

/**
 * Returns how a workflow or an action violates the rules of this repository, one sentence for each problem.
 *
 * @param text the file, in YAML
 */
export function workflowProblems(text: string, repository: Repository): string[] {
  const file: Fields = Object(parse(text));
  const jobs = Object.entries<Fields>(Object(file["jobs"])).map(
    ([id, job]): Job => ({ ...job, id, steps: stepsOf(job) }),
  );
  const steps = [...jobs.flatMap((job) => job.steps), ...stepsOf(Object(file["runs"]))];
  return [
    ...usesOf(text, [...jobs, ...steps], repository),
    ...steps.flatMap((step) => stepProblems(step, repository)),
    ...("jobs" in file ? workflowOnly(file, repository) : []),
    ...jobs.flatMap((job) => jobProblems(job, triggersOf(file))),
    ...(/\$\{\{[^}]*\bsecrets\b|\bsecrets: inherit/.test(text)
      ? ["No job may read a secret: use `github.token`, or OpenID Connect."]
      : []),
  ];
}

function usesOf(text: string, users: readonly Fields[], { hasPath }: Repository): string[] {
  const used = users.flatMap(({ uses }) => (typeof uses === "string" ? [uses] : []));
  return used.flatMap((uses) => {
    if (uses.startsWith("./")) return hasPath(uses) ? [] : [`${uses} does not exist.`];
    if (!PINNED.test(uses)) return [`Pin ${uses} by the SHA of a commit, because a tag can be moved.`];
    const line = text.split("\n").find((each) => each.includes(`uses: ${uses}`)) ?? "";
    return PINNED_LINE.test(line) ? [] : [`Name the version of ${uses} in a comment, such as # v1.2.3.`];
  });
}

function stepProblems(step: Fields, repository: Repository): string[] {
  const { name, run, uses } = step;
  const label = String(name ?? run ?? uses).split("\n", 1)[0];
  const inputs: Fields = Object(step["with"]);
  const problems: string[] = [];
  for (const script of [run, inputs["script"]]) {
    if (/\$\{\{/.test(String(script ?? "")))
      problems.push(
        `Pass expressions to "${label}" as environment variables: in a script, their values can inject commands.`,
      );
  }
  if (typeof run === "string") problems.push(...missingNames(run, repository));
  if (String(uses).startsWith("actions/checkout@")) {
    if (inputs["persist-credentials"] !== false) problems.push("Check out with persist-credentials: false.");
    if (/github\.(event\.|head_ref)/.test(String(inputs["ref"]) + String(inputs["repository"])))
      problems.push("Check out no commit that comes from the event: it can be code of a fork.");
  }
  return problems;
}

/** Returns the scripts and files that a command names and that do not exist. */
function missingNames(run: string, { hasPath, scripts }: Repository): string[] {
  const calls = [...run.matchAll(/\bpnpm (?:run )?([\w:-]+)/g)].map(([, script = ""]) => script);
  const paths = [...run.matchAll(new RegExp(`(?<=^|[\\s"'=])(?:\\./)?(?:${FOLDERS})/[\\w./-]+`, "gm"))];
  return [
    ...calls
      .filter((call) => !scripts.includes(call) && !PNPM_COMMANDS.includes(call))
      .map((call) => `package.json has no script ${call}.`),
    ...paths
      .map(([path]) => path)
      .filter((path) => !path.includes("/dist/") && !hasPath(path))
      .map((path) => `${path} does not exist.`),
  ];
}

function workflowOnly(file: Fields, { workflows }: Repository): string[] {
  const triggers = triggersOf(file);
  const run: Fields = Object(Object(file["on"])["workflow_run"]);
  const awaited = Array.isArray(run["workflows"]) ? run["workflows"].map(String) : [];
  return [
    ...(JSON.stringify(file["permissions"]) === "{}"
      ? []
      : ["Set permissions: {} for the workflow, and grant them per job."]),
    ...(file["concurrency"] === undefined ? ["Set a concurrency group."] : []),
    ...(triggers.includes("pull_request_target")
      ? ["Do not use pull_request_target: it runs with write access. Use pull_request, and workflow_run to report."]
      : []),
    ...awaited.filter((name) => !workflows.includes(name)).map((name) => `There is no workflow ${name}.`),
  ];
}

function jobProblems({ id, permissions, uses, ...job }: Job, triggers: readonly string[]): string[] {
  const granted: Fields = typeof permissions === "object" && permissions !== null ? { ...permissions } : {};
  const writes = Object.keys(granted).filter((name) => granted[name] === "write");
  const problems: string[] = [];
  if (typeof permissions !== "object") problems.push(`Grant ${id} the permissions that it needs, one by one.`);
  if (triggers.includes("pull_request") && writes.length > 0)
    problems.push(`${id} runs code of a pull request, so it must not write ${writes.join(", ")}.`);
  if (uses !== undefined) return problems;
  if (typeof job["timeout-minutes"] !== "number") problems.push(`Set timeout-minutes for ${id}.`);
  if (/-latest$/.test(String(job["runs-on"])))
    problems.push(`Name the version of the image of ${id}, not ${job["runs-on"]}.`);
  return problems;
}

function triggersOf({ on }: Fields): string[] {
  if (typeof on === "string") return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(Object(on));
}

function stepsOf({ steps }: Fields): Fields[] {
  return Array.isArray(steps) ? steps.map((step) => ({ ...step })) : [];
}
